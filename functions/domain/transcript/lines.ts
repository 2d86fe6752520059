/** Longest line read, in UTF-16 units. GitHub serves files up to 10 MB; a local file may be larger. */
export const maxLineChars = 32_000_000;

/**
 * Cuts text that comes in chunks into lines, without their ends (LF or CRLF) and without a byte-order mark. A line
 * over `maxLineChars` is told by `tooLong` and left out. `count` is the number of lines so far.
 */
export function splitLines(
  take: (line: string, number: number) => void,
  tooLong: (number: number) => void,
): { push: (chunk: string) => void; end: () => void; count: () => number } {
  let held = '';
  let number = 0;
  let dropping = false;

  const finish = (rest: string) => {
    number += 1;
    if (dropping || held.length + rest.length > maxLineChars) tooLong(number);
    else {
      let line = held + rest;
      if (line.endsWith('\r')) line = line.slice(0, -1);
      if (number === 1 && line.charCodeAt(0) === 0xfeff) line = line.slice(1);
      take(line, number);
    }
    held = '';
    dropping = false;
  };

  return {
    push(chunk) {
      let start = 0;
      for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
        finish(chunk.slice(start, end));
        start = end + 1;
      }
      if (dropping) return;
      held += chunk.slice(start);
      if (held.length > maxLineChars) {
        held = '';
        dropping = true;
      }
    },
    end() {
      if (held !== '' || dropping) finish('');
    },
    count: () => number,
  };
}
