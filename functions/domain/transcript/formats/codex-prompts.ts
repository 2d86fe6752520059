import type { Emit, MessageEvent, TranscriptEvent } from '../event.ts';
import { codexPurpose } from './codex-purpose.ts';

/** Most events held back until it is known who wrote a user's turn. */
const maxHeld = 100;

/**
 * Tells typed prompts from what Codex puts into a user's turn. Newer files say everything twice: as an item that goes to
 * the model, and, for what was typed, as an event just before or after it. Older files have the items alone, and then
 * the text decides. Everything passes through `pass`, so that the order stays the file's.
 */
export function typedPrompts(emit: Emit): {
  pass: Emit;
  /** A user's turn as it went to the model, in its parts. */
  item: (message: MessageEvent, parts: readonly string[]) => void;
  /** What was typed. */
  typed: (message: MessageEvent) => void;
  /** The model's turn begins, or the file ends. */
  settle: () => void;
} {
  let held: { event: TranscriptEvent; parts?: readonly string[] }[] = [];
  let eventsTell = false;
  let lastTyped: string | undefined;

  const settle = () => {
    for (const { event, parts } of held) {
      if (parts === undefined || event.kind !== 'message') emit(event);
      else if (lastTyped !== undefined && parts.some((part) => part.trim() === lastTyped))
        lastTyped = undefined;
      else {
        const purpose = codexPurpose(event.text);
        // No event tells `!` input.
        emit({ ...event, purpose: eventsTell && purpose === 'prompt' ? 'context' : purpose });
      }
    }
    held = [];
  };

  return {
    pass(event) {
      if (held.length === 0) emit(event);
      else if (held.push({ event }) > maxHeld) settle();
    },
    item(message, parts) {
      if (held.push({ event: message, parts }) > maxHeld) settle();
    },
    typed(message) {
      eventsTell = true;
      if (held.length > 0) {
        lastTyped = message.text.trim();
        settle();
        emit(message);
      } else {
        emit(message);
        lastTyped = message.text.trim();
      }
    },
    settle,
  };
}
