import { type FileHandle, open } from 'node:fs/promises';

const pieceBytes = 256 * 1024;

/**
 * Does one file begin with all of the other? A second that is not there is shorter. Memory does not grow with them.
 */
export async function compareStarts(
  first: string,
  second: string,
): Promise<'same' | 'first_longer' | 'second_longer' | 'different'> {
  const one = await open(first);
  try {
    const other = await openIfThere(second);
    if (other === null) return 'first_longer';
    try {
      const [size, otherSize] = [(await one.stat()).size, (await other.stat()).size];
      const both = Math.min(size, otherSize);
      for (let at = 0; at < both; at += pieceBytes) {
        const length = Math.min(pieceBytes, both - at);
        if (!(await pieceAt(one, at, length)).equals(await pieceAt(other, at, length))) return 'different';
      }
      if (size === otherSize) return 'same';
      return size > otherSize ? 'first_longer' : 'second_longer';
    } finally {
      await other.close();
    }
  } finally {
    await one.close();
  }
}

async function pieceAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  return open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
