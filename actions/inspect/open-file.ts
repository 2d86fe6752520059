import { type FileHandle, open, stat } from 'node:fs/promises';

interface OpenFile {
  source: AsyncIterable<Uint8Array>;
  /** Bytes that will come: those the file has now, even when a session is still being written to it. */
  size: number;
  close(): Promise<void>;
}

/** Opens a regular file. Throws what `unreadable` tells of: pipes and devices have no size, and may never end. */
export async function openFile(path: string): Promise<OpenFile> {
  // Not by the open file: to open a pipe waits for its other end.
  const kind = await stat(path);
  if (!kind.isFile()) throw new NotAFile(kind.isDirectory() ? 'it is a folder' : 'it is not a regular file');
  const file = await open(path);
  const { size } = await file.stat();
  return { source: bytesOf(file, size), size, close: () => file.close() };
}

class NotAFile extends Error {}

const chunk = 256 * 1024;

/** The first `size` bytes of a file. Each chunk is gone when the next one is asked for: all are read into one buffer. */
async function* bytesOf(file: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(chunk);
  for (let left = size; left > 0; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(chunk, left));
    if (bytesRead === 0) return;
    left -= bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

const sentences: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
};

/** Why a file could not be opened or read, as a clause; null for an error that is not the file's. */
export function unreadable(error: unknown): string | null {
  if (error instanceof NotAFile) return error.message;
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return null;
  return sentences[String(error.code)] ?? `the system answers ${String(error.code)}`;
}
