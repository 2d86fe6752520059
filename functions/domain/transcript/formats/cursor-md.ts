import type { TranscriptFormat } from '../format.ts';
import { text } from '../json.ts';
import { unfenced } from './markdown-fences.ts';
import { readTurns } from './markdown-turns.ts';

const exported = /^_Exported on .{1,120} from Cursor \(([^()]{1,40})\)_$/;
const headings = new Map([
  ['**User**', 'user'],
  ['**Cursor**', 'assistant'],
] as const);

/**
 * What Cursor's "Export chat" writes: a title, a line with the version, and the words of both sides. The date in that
 * line is written as the exporter's country does and says when it was exported, so no time is taken from it.
 */
export const cursorMarkdown: TranscriptFormat = {
  id: 'cursor-md',
  agent: 'cursor',
  version: 2,
  unit: 'line',
  rendered: true,
  tells: ['prompts', 'answers'],
  recognise({ head }) {
    const lines = unfenced(head).filter((line) => line !== '');
    const titled = lines.slice(0, 3).some((line) => exported.test(line));
    return titled && lines.some((line) => headings.has(line as '**User**')) ? 'certain' : 'no';
  },
  read(emit) {
    const turns = readTurns(headings, ({ role, line, text: words }) =>
      emit({ kind: 'message', line, role, text: words, ...(role === 'user' && { purpose: 'prompt' }) }),
    );
    let told = false;
    return {
      take(piece, line) {
        const version = told ? undefined : exported.exec((text(piece) ?? '').trim())?.[1];
        if (version !== undefined) {
          told = true;
          emit({ kind: 'session', line, agentVersion: version });
        }
        turns.take(piece, line);
      },
      end: turns.end,
    };
  },
};
