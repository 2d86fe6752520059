import { visible } from './visible.ts';

/** Longest line that says what is folded, in characters. */
const maxBrief = 160;

/** The beginning of a text in one line. */
export function brief(text: string): string {
  const line = visible(text.slice(0, maxBrief * 4))
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > maxBrief ? `${line.slice(0, maxBrief - 1)}…` : line;
}
