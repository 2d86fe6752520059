import { open } from 'node:fs/promises';

const pieceBytes = 1024 * 1024;

/** Shows a file's bytes to `look`, a piece at a time. A piece is gone when the next comes: all share one place in memory. */
export async function eachPiece(path: string, look: (piece: Buffer) => void): Promise<void> {
  const handle = await open(path);
  try {
    const place = Buffer.allocUnsafe(pieceBytes);
    for (;;) {
      const { bytesRead } = await handle.read(place, 0, pieceBytes);
      if (bytesRead === 0) return;
      look(place.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}
