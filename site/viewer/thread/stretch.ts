import type { Stretch } from '../detail.ts';
import { visible } from './visible.ts';

/** Lines shown at a time. */
const most = 200;
/** Characters shown at a time: of the longest lines, the rest is left out. */
const mostCharacters = 20_000;

/** The stretch of a text that begins at a line, from 1. */
export function stretchOf(text: string, from = 1): Stretch {
  const lines = text.split('\n');
  if (lines.length > 1 && lines.at(-1) === '') lines.pop();
  const start = Math.min(Math.max(1, from), lines.length);
  const shown: string[] = [];
  let characters = 0;
  for (const line of lines.slice(start - 1, start - 1 + most)) {
    if (characters + line.length > mostCharacters && shown.length > 0) break;
    const cut = line.slice(0, mostCharacters);
    shown.push(cut.length < line.length ? `${cut}… ${line.length - cut.length} more characters` : cut);
    characters += line.length;
  }
  return { text: visible(shown.join('\n')), from: start, to: start + shown.length - 1, of: lines.length };
}

/** The line, from 1, on which a text has this character. */
export function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
