import { eachPiece } from '../file-pieces.ts';

const newline = 0x0a;

/** How many lines a file has; null where the last does not end. */
export async function countLines(path: string): Promise<number | null> {
  let count = 0;
  let last: number | undefined = newline;
  await eachPiece(path, (piece) => {
    for (let at = piece.indexOf(newline); at !== -1; at = piece.indexOf(newline, at + 1)) count += 1;
    last = piece.at(-1);
  });
  return last === newline ? count : null;
}
