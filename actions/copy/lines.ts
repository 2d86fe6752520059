import { createReadStream } from 'node:fs';
import { JobFailure } from '../failure.ts';

/** A row has at most a thousand files; no line comes near. */
const mostLineBytes = 4 * 1024 * 1024;
const pieceBytes = 256 * 1024;
const newline = 0x0a;

/**
 * The lines of a file, in order and without their ends. Memory does not grow with the file. Throws JobFailure, naming the
 * line, where one is longer than any can be, and where the last does not end.
 */
export async function* readLines(path: string, title = path): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  let count = 0;
  for await (const piece of createReadStream(path, { highWaterMark: pieceBytes })) {
    let from = 0;
    for (let end = piece.indexOf(newline); end !== -1; end = piece.indexOf(newline, from)) {
      count += 1;
      const text = piece.toString('utf8', from, end);
      yield rest.length === 0 ? text : Buffer.concat([rest, piece.subarray(from, end)]).toString();
      rest = Buffer.alloc(0);
      from = end + 1;
    }
    rest = rest.length === 0 ? piece.subarray(from) : Buffer.concat([rest, piece.subarray(from)]);
    if (rest.length > mostLineBytes) {
      throw new JobFailure(
        `Line ${count + 1} of ${title} is longer than any can be. Pull again; if that does not help, ask who publishes it.`,
      );
    }
  }
  if (rest.length > 0) {
    throw new JobFailure(
      `The last line of ${title} is cut off. Pull again; if that does not help, ask who publishes it.`,
    );
  }
}
