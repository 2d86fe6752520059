import { createReadStream } from 'node:fs';

const newline = 0x0a;

/**
 * The lines of a file as bytes, each with its end; the last may have none. Sessions make lines of any length: one line is
 * held at a time, and never the file.
 */
export async function* rawLines(path: string): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for await (const piece of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    let from = 0;
    for (let end = piece.indexOf(newline); end !== -1; end = piece.indexOf(newline, from)) {
      yield Buffer.concat([...begun, piece.subarray(from, end + 1)]);
      begun = [];
      from = end + 1;
    }
    if (from < piece.length) begun.push(piece.subarray(from));
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}
