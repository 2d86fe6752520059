import { open } from 'node:fs/promises';
import type { AsyncBuffer } from 'hyparquet';

/** A file on disk, read by ranges; opened for each, so that nothing is left open when it is replaced. */
export function diskFile(path: string, bytes: number): AsyncBuffer {
  return {
    byteLength: bytes,
    async slice(start, end = bytes) {
      return toBuffer(await readPart(path, start, end - start));
    },
  };
}

/** `length` bytes of a file from `start` on. Throws where it has fewer. */
export async function readPart(path: string, start: number, length: number): Promise<Buffer> {
  await using handle = await open(path);
  const part = Buffer.alloc(length);
  const { bytesRead } = await handle.read(part, 0, length, start);
  if (bytesRead !== length) throw new Error(`${path} is cut off`);
  return part;
}

function toBuffer(part: Buffer): ArrayBuffer {
  const whole = new ArrayBuffer(part.length);
  part.copy(new Uint8Array(whole));
  return whole;
}
