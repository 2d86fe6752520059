import type { TranscriptReader } from '../format.ts';
import { text } from '../json.ts';

type Role = 'user' | 'assistant';

/** What stands under one heading of an exported chat. */
interface Turn {
  role: Role;
  /** Line of the heading. */
  line: number;
  text: string;
}

/**
 * Reads Markdown in which each turn begins with a heading that is a line of its own, and a rule (`---`) stands before it;
 * the first thing of a file needs none. Holds one turn.
 */
export function readTurns(headings: ReadonlyMap<string, Role>, take: (turn: Turn) => void): TranscriptReader {
  let turn: { role: Role; line: number; lines: string[] } | null = null;
  let before = '---';

  const finish = () => {
    if (turn) take({ role: turn.role, line: turn.line, text: turn.lines.join('\n').trim() });
    turn = null;
  };

  return {
    take(piece, line) {
      const words = (text(piece) ?? '').trimEnd();
      const role = before === '---' ? headings.get(words) : undefined;
      if (role === undefined) turn?.lines.push(words);
      else {
        turn?.lines.splice(turn.lines.lastIndexOf('---'));
        finish();
        turn = { role, line, lines: [] };
      }
      if (words !== '') before = words;
    },
    end: finish,
  };
}
