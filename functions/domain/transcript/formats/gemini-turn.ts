import type { Emit } from '../event.ts';
import { has } from '../json.ts';
import { emitParts, type PartPlace, partTexts } from './google-parts.ts';

/** What the agent itself puts into a user's turn: the surroundings, a summary of earlier turns, a push to go on. */
const injected =
  /^\s*(?:<session_context>|<state_snapshot>|This is the Gemini CLI\. We are setting up|Here is the user's editor context|Here is a summary of changes in the user's editor context|System: Please continue)/;
const summary = /^\s*<state_snapshot>/;
/** A slash command (and not a path), or a command run with `!`, which the agent tells its model of. */
const typedCommand = /^\s*(?:\/[a-z][\w:-]{0,40}(?:\s|$)|I ran the following shell command:)/;

/** Emits a user's turn: what was typed, what the agent put in, tool results, attachments. */
export function emitUserTurn(parts: readonly unknown[], place: PartPlace, emit: Emit): void {
  const { messageId: id, ...where } = place;
  const texts = partTexts(parts);
  const typed = texts.filter((text) => !injected.test(text.slice(0, 400)));
  for (const text of texts) {
    if (!injected.test(text.slice(0, 400))) continue;
    if (summary.test(text.slice(0, 400))) emit({ ...where, kind: 'compaction', text });
    emit({ ...where, kind: 'message', role: 'user', purpose: 'context', id, text });
  }
  const answersTool = parts.some((part) => has(part, 'functionResponse'));
  if (typed.length > 0 || (texts.length === 0 && !answersTool)) {
    const text = typed.join('');
    const purpose = answersTool ? 'context' : typedCommand.test(text.slice(0, 400)) ? 'command' : 'prompt';
    emit({ ...where, kind: 'message', role: 'user', purpose, id, text });
  }
  emitParts(parts, place, emit);
}

/** Emits a turn of the model that is nothing but parts. */
export function emitModelTurn(parts: readonly unknown[], place: PartPlace, emit: Emit): void {
  const { messageId: id, ...where } = place;
  emit({ ...where, kind: 'message', role: 'assistant', id, text: partTexts(parts).join('') });
  emitParts(parts, place, emit);
}
