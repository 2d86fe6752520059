import { type FileHandle, open } from 'node:fs/promises';
import { JobFailure } from '../failure.ts';
import type { Content } from './bucket.ts';

/** Bytes that are in memory already. */
export function bytesContent(text: string | Buffer): Content {
  const bytes = Buffer.from(text);
  return { bytes: bytes.length, slice: async (from, to) => bytes.subarray(from, to) };
}

/** Opens a file for work with its bytes. Only what is asked for is in memory. */
export async function withFile<T>(path: string, work: (content: Content) => Promise<T>): Promise<T> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    return await work({ bytes: size, slice: (from, to) => slice(handle, path, from, to) });
  } finally {
    await handle.close();
  }
}

async function slice(handle: FileHandle, path: string, from: number, to: number): Promise<Buffer> {
  const piece = Buffer.alloc(to - from);
  for (let filled = 0; filled < piece.length; ) {
    const { bytesRead } = await handle.read(piece, filled, piece.length - filled, from + filled);
    if (bytesRead === 0)
      throw new JobFailure(
        `${path} got shorter while it was read. Run this again when nothing writes to it.`,
      );
    filled += bytesRead;
  }
  return piece;
}
