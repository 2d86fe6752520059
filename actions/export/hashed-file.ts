import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { eachPiece } from '../file-pieces.ts';

/** What a manifest says of a file. */
export interface FileDigest {
  sha256: string;
  bytes: number;
}

/** A file that is hashed while it is written. Memory use does not grow with it. */
export class HashedFile {
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async create(path: string): Promise<HashedFile> {
    return new HashedFile(await open(path, 'w'));
  }

  /** Takes bytes, which must stay as they are until the next call is answered: they are written meanwhile. */
  async write(piece: Uint8Array): Promise<void> {
    this.#hash.update(piece);
    this.#bytes += piece.length;
    await this.#writing;
    this.#writing = this.#handle.appendFile(piece);
    // Whoever waits for it hears of it.
    this.#writing.catch(() => undefined);
  }

  /** Says what the file holds, once all of it is written. Not yet synced to the disk. */
  async finish(): Promise<FileDigest> {
    await this.#writing;
    return { sha256: this.#hash.digest('hex'), bytes: this.#bytes };
  }

  /** Closes the file, once what is being written is written or was given up. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#handle.close();
  }
}

/** Writes a whole file. */
export async function writeHashed(path: string, text: string): Promise<FileDigest> {
  await using file = await HashedFile.create(path);
  await file.write(Buffer.from(text));
  return await file.finish();
}

/** Reads a whole file for its hash. */
export async function hashFile(path: string): Promise<FileDigest> {
  const hash = createHash('sha256');
  let bytes = 0;
  await eachPiece(path, (piece) => {
    hash.update(piece);
    bytes += piece.length;
  });
  return { sha256: hash.digest('hex'), bytes };
}
