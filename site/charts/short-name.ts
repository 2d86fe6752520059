import { visibleLine } from '../viewer/thread/visible.ts';

/** What fits beside a number on a phone, in letters of Latin width. */
const widest = 30;
/** Where letters are about twice as wide: https://www.unicode.org/reports/tr11 */
const wideFrom = 0x1100;

/** A name as a drawing can hold it, which neither breaks lines nor shortens: hostile ones stay one line, and short. */
export function shortName(name: string): string {
  const letters = [...visibleLine(name)];
  let width = 0;
  for (const [index, letter] of letters.entries()) {
    width += (letter.codePointAt(0) ?? 0) < wideFrom ? 1 : 2;
    if (width > widest) return `${letters.slice(0, index).join('')}…`;
  }
  return letters.join('');
}
