import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** What a manifest says of a file. */
export interface FileDigest {
  sha256: string;
  bytes: number;
}

/** Text is handed to the disk in pieces of about this many characters. */
const pieceLength = 256 * 1024;

/** A file that is hashed while it is written. Memory use does not grow with it. */
export class HashedFile {
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #pending = '';
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async create(path: string): Promise<HashedFile> {
    return new HashedFile(await open(path, 'w'));
  }

  async write(text: string): Promise<void> {
    this.#pending += text;
    if (this.#pending.length >= pieceLength) await this.#flush();
  }

  /** Takes bytes, which must stay as they are until the next call is answered: they are written meanwhile. */
  async writeBytes(piece: Uint8Array): Promise<void> {
    this.#hash.update(piece);
    this.#bytes += piece.length;
    await this.#writing;
    this.#writing = this.#handle.appendFile(piece);
    // Whoever waits for it hears of it.
    this.#writing.catch(() => undefined);
  }

  /** Writes what is pending and says what the file holds. Not yet synced to the disk. */
  async finish(): Promise<FileDigest> {
    await this.#flush();
    await this.#writing;
    return { sha256: this.#hash.digest('hex'), bytes: this.#bytes };
  }

  /** Closes the file, once what is being written is written or was given up. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#handle.close();
  }

  async #flush(): Promise<void> {
    const piece = Buffer.from(this.#pending);
    this.#pending = '';
    if (piece.length > 0) await this.writeBytes(piece);
  }
}

/** Writes a whole file from pieces of text. */
export async function writeHashed(
  path: string,
  pieces: Iterable<string> | AsyncIterable<string>,
): Promise<FileDigest> {
  await using file = await HashedFile.create(path);
  for await (const piece of pieces) await file.write(piece);
  return await file.finish();
}

/** Reads a whole file for its hash. */
export async function hashFile(path: string): Promise<FileDigest> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}
