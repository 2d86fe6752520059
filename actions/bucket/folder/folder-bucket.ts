import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FileLock, takeFileLock } from '#sql/file-lock.ts';
import type { Bucket, Content, ReadableFile, Stored, Watch } from '../bucket.ts';

/** Bytes of a file that are in memory at a time. */
const pieceBytes = 4 * 1024 * 1024;

/**
 * A folder in place of a bucket, for development. A file is written as `.part` and then gets its name at once, so that
 * readers find all of it or none. `.lock` is held by whoever writes.
 */
export class FolderBucket implements Bucket {
  readonly title: string;
  readonly publicPlace: string;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = resolve(folder);
    this.title = `the folder ${folder}`;
    this.publicPlace = this.#folder;
  }

  async check(): Promise<void> {}

  async find(key: string): Promise<Stored | null> {
    const path = this.#path(key);
    return absent(async () => ({ bytes: (await stat(path)).size, tag: await tagOf(path) }));
  }

  async read(key: string): Promise<ReadableFile | null> {
    const stored = await this.find(key);
    return stored && { ...stored, body: createReadStream(this.#path(key)) };
  }

  readPublic(key: string): Promise<Buffer | null> {
    return absent(() => readFile(this.#path(key)));
  }

  create(key: string, content: Content, watch: Watch): Promise<'created' | 'exists'> {
    return this.#writing(watch, async (part) => {
      const path = this.#path(key);
      if (await absent(() => stat(path))) return 'exists';
      await this.#fill(part, content, watch);
      await mkdir(dirname(path), { recursive: true });
      try {
        await link(part, path);
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return 'exists';
        throw error;
      }
      await syncFolder(dirname(path));
      return 'created';
    });
  }

  replace(
    key: string,
    content: Content,
    watch: Watch,
    instead?: string | null,
  ): Promise<'replaced' | 'changed'> {
    return this.#writing(watch, async (part) => {
      if (instead !== undefined && ((await this.find(key))?.tag ?? null) !== instead) return 'changed';
      await this.#fill(part, content, watch);
      const path = this.#path(key);
      await mkdir(dirname(path), { recursive: true });
      await rename(part, path);
      await syncFolder(dirname(path));
      return 'replaced';
    });
  }

  #path(key: string): string {
    return join(this.#folder, key);
  }

  async #writing<T>(watch: Watch, work: (part: string) => Promise<T>): Promise<T> {
    await mkdir(this.#folder, { recursive: true });
    const lock = await this.#lock(watch);
    try {
      return await work(join(this.#folder, '.part'));
    } finally {
      lock.release();
    }
  }

  async #lock({ signal }: Watch): Promise<FileLock> {
    for (;;) {
      signal.throwIfAborted();
      const lock = takeFileLock(join(this.#folder, '.lock'));
      if (lock !== undefined) return lock;
      await sleep(20);
    }
  }

  async #fill(part: string, content: Content, watch: Watch): Promise<void> {
    // What a dead writer left may be a published file by another name: it is taken away, never written to.
    await rm(part, { force: true });
    const handle = await open(part, 'wx');
    try {
      for (let from = 0; from < content.bytes; from += pieceBytes) {
        watch.signal.throwIfAborted();
        const piece = await content.slice(from, Math.min(from + pieceBytes, content.bytes));
        await handle.appendFile(piece);
        watch.sent(piece.length);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

async function tagOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Null where the file is not there. */
async function absent<T>(look: () => Promise<T>): Promise<T | null> {
  try {
    return await look();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return null;
    throw error;
  }
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
