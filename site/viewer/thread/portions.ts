/** What one row shows at most, in characters: longer texts go on in the next row, so that no row is large. */
const maxPortion = 6000;
/** Lines a row shows at most. */
const maxLines = 150;
/** Longest line that is kept whole. */
const maxLine = maxPortion / 2;

const fence = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Cuts a text into portions of at most `maxPortion` characters and 150 lines: at blank lines where there are some, else
 * between lines, else anywhere between two characters. Put together they are the text again, but for line ends and blank
 * portions. With `fences`, a fence that is cut is closed and opened again.
 */
export function portionsOf(text: string, fences: boolean): string[] {
  if (text.length <= maxPortion && !manyLines(text)) return [text];
  const portions: string[] = [];
  /** Lines with their ends, and pieces of lines too long to be kept whole. */
  let held: string[] = [];
  let characters = 0;
  /** Where among the held lines the last blank one outside of a fence is. */
  let blank = 0;
  let open = '';

  const cut = (at: number) => {
    const reopen = at === held.length ? open : '';
    const portion = held.slice(0, at).join('');
    portions.push(reopen ? `${withEnd(portion)}${mark(reopen)}` : withoutEnd(portion));
    held = [...(reopen ? [withEnd(reopen)] : []), ...held.slice(at)];
    characters = held.reduce((sum, line) => sum + line.length, 0);
    blank = 0;
  };

  for (const line of text.split(/(?<=\n)/)) {
    let begins = true;
    for (const piece of pieces(line)) {
      if (characters + piece.length > maxPortion || held.length >= maxLines) {
        // A blank line far behind would make a portion of next to nothing.
        cut(blank > held.length / 3 ? blank : held.length);
        if (characters + piece.length > maxPortion) cut(held.length);
      }
      held.push(piece);
      characters += piece.length;
      if (fences && begins) open = fenceAfter(open, withoutEnd(line));
      if (open === '' && line.trim() === '') blank = held.length;
      begins = false;
    }
  }
  if (held.length > 0) portions.push(withoutEnd(held.join('')));
  const said = portions.filter((portion) => portion.trim() !== '');
  return said.length > 0 ? said : [''];
}

function manyLines(text: string): boolean {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines > maxLines;
}

function* pieces(line: string): Generator<string> {
  for (let start = 0; start < line.length; ) {
    const most = start + maxLine;
    // Some characters are two units long.
    const end = most < line.length && /[\ud800-\udbff]/.test(line.charAt(most - 1)) ? most - 1 : most;
    yield line.slice(start, end);
    start = end;
  }
}

const withEnd = (line: string): string => (line.endsWith('\n') ? line : `${line}\n`);
const withoutEnd = (line: string): string => (line.endsWith('\n') ? line.slice(0, -1) : line);

/** The line that opened the fence we are in, after this line; empty outside of one. */
function fenceAfter(open: string, line: string): string {
  const found = fence.exec(line)?.[1];
  if (found === undefined) return open;
  if (open === '') return line.length > 200 ? '' : line;
  return found.startsWith(mark(open)) && line.trim() === found ? '' : open;
}

const mark = (opening: string): string => fence.exec(opening)?.[1] ?? '';
