/** What one row shows at most, in characters: longer texts go on in the next row, so that no row is large. */
const maxPortion = 6000;
/** Lines a row shows at most. */
const maxLines = 150;

const fence = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Cuts a text into portions of at most `maxPortion` characters and 150 lines: at blank lines where there are some, else
 * between lines, else anywhere. With `fences`, a fence that is cut is closed and opened again.
 */
export function portionsOf(text: string, fences: boolean): string[] {
  if (text.length <= maxPortion && !manyLines(text)) return [text];
  const portions: string[] = [];
  let held: string[] = [];
  let characters = 0;
  /** Where among the held lines the last blank one outside of a fence is. */
  let blank = 0;
  let open = '';

  const cut = (at: number) => {
    const reopen = at === held.length ? open : '';
    portions.push([...held.slice(0, at), ...(reopen ? [mark(reopen)] : [])].join('\n'));
    held = [...(reopen ? [reopen] : []), ...held.slice(at)];
    characters = held.reduce((sum, line) => sum + line.length + 1, 0);
    blank = 0;
  };

  for (const whole of text.split('\n')) {
    for (const line of pieces(whole)) {
      if (characters + line.length > maxPortion || held.length >= maxLines) {
        // A blank line far behind would make a portion of next to nothing.
        cut(blank > held.length / 3 ? blank : held.length);
        if (characters + line.length > maxPortion) cut(held.length);
      }
      held.push(line);
      characters += line.length + 1;
      if (fences) open = fenceAfter(open, line);
      if (open === '' && line.trim() === '') blank = held.length;
    }
  }
  if (held.length > 0) portions.push(held.join('\n'));
  return portions.filter((portion) => portion.trim() !== '');
}

function manyLines(text: string): boolean {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines > maxLines;
}

function* pieces(line: string): Generator<string> {
  const most = maxPortion / 2;
  for (let start = 0; start === 0 || start < line.length; start += most)
    yield line.slice(start, start + most);
}

/** The line that opened the fence we are in, after this line; empty outside of one. */
function fenceAfter(open: string, line: string): string {
  const found = fence.exec(line)?.[1];
  if (found === undefined) return open;
  if (open === '') return line.length > 200 ? '' : line;
  return found.startsWith(mark(open)) && line.trim() === found ? '' : open;
}

const mark = (opening: string): string => fence.exec(opening)?.[1] ?? '';
