/** Longest text gathered from lines, in UTF-16 units; what is over it is left out. */
const maxChars = 8_000_000;

/** Gathers lines into one text, of bounded size whatever the file. */
export function gatherText(): { add: (line: string) => void; lines: () => string[]; clear: () => void } {
  let lines: string[] = [];
  let chars = 0;
  return {
    add(line) {
      chars += line.length + 1;
      if (chars <= maxChars) lines.push(line);
    },
    lines: () => lines,
    clear() {
      lines = [];
      chars = 0;
    },
  };
}
