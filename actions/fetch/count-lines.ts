import { createReadStream } from 'node:fs';

const newline = 0x0a;

/** How many lines a file has; null where the last does not end. */
export async function countLines(path: string): Promise<number | null> {
  let count = 0;
  let last = newline;
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    for (let at = piece.indexOf(newline); at !== -1; at = piece.indexOf(newline, at + 1)) count += 1;
    last = piece[piece.length - 1];
  }
  return last === newline ? count : null;
}
