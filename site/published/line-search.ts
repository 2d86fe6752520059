import { open } from 'node:fs/promises';

const portion = 1 << 20;

/**
 * The lines of a file that hold `text`, in their order; of more than `most` the last ones. The file is looked through as
 * bytes, a portion at a time: a million lines take no more memory than a thousand.
 * @throws Error when a line is longer than a portion, or the file cannot be read
 */
export async function linesWith(path: string, text: string, most: number): Promise<string[]> {
  const needle = Buffer.from(text);
  const found: string[] = [];
  const block = Buffer.allocUnsafe(2 * portion);
  let kept = 0;
  await using file = await open(path);
  for (;;) {
    const { bytesRead } = await file.read(block, kept, portion);
    const filled = block.subarray(0, kept + bytesRead);
    const whole = bytesRead === 0 ? filled.length : filled.lastIndexOf('\n') + 1;
    for (const line of linesIn(filled.subarray(0, whole), needle)) {
      found.push(line);
      if (found.length > most) found.shift();
    }
    if (bytesRead === 0) return found;
    kept = filled.copy(block, 0, whole);
    if (kept > portion) throw new Error(`${path} has a line of more than ${portion} bytes.`);
  }
}

/** The lines of a block of whole lines that hold the needle. */
function* linesIn(block: Buffer, needle: Buffer): Generator<string> {
  for (let at = block.indexOf(needle); at !== -1; ) {
    const start = at === 0 ? 0 : block.lastIndexOf('\n', at - 1) + 1;
    const next = block.indexOf('\n', at);
    const end = next === -1 ? block.length : next;
    yield block.toString('utf8', start, end);
    at = block.indexOf(needle, end);
  }
}
