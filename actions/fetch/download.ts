import { open, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashFile } from '../export/hashed-file.ts';
import { JobFailure } from '../failure.ts';
import type { Source } from './source.ts';
import { SourceFailure } from './source-failure.ts';

/** Most bytes of a file whose size nothing tells beforehand: a manifest, the sums. */
const mostUnknown = 1024 * 1024;
const attempts = 5;

interface Watch {
  got(bytes: number): void;
  signal: AbortSignal;
}

/** A small file, whole; null where it is not there. Throws JobFailure where it is larger than such files are. */
export async function readSmall(source: Source, key: string): Promise<Buffer | null> {
  const body = await source.read(key, 0);
  if (body === null) return null;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > mostUnknown) {
      throw new JobFailure(`${source.place}/${key} is larger than such a file can be. Nothing was fetched.`);
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/**
 * Brings a file here, going on from what an earlier run brought. Throws JobFailure, and leaves nothing, where its bytes are
 * not those expected.
 */
export async function download(
  source: Source,
  key: string,
  path: string,
  expected: { bytes: number; sha256: string },
  watch: Watch,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await goOn(source, key, path, expected.bytes, watch);
      break;
    } catch (error) {
      // What has come so far stays for the next attempt, in this run or another.
      if (!(error instanceof SourceFailure) || attempt === attempts) throw error;
      await sleep(200 * 2 ** attempt, undefined, { signal: watch.signal }).catch(() =>
        watch.signal.throwIfAborted(),
      );
    }
  }
  if ((await hashFile(path)).sha256 === expected.sha256) return;
  await rm(path);
  throw new JobFailure(
    `${source.place}/${key} has other bytes than the manifest says. It is not used; run this again, and if it happens again, ask who publishes there.`,
  );
}

async function goOn(source: Source, key: string, path: string, bytes: number, watch: Watch): Promise<void> {
  const handle = await open(path, 'a');
  try {
    let { size } = await handle.stat();
    if (size > bytes) {
      await handle.truncate(0);
      size = 0;
    }
    watch.got(size);
    if (size === bytes) return;
    const body = await source.read(key, size);
    if (body === null)
      throw new JobFailure(`${source.place}/${key} is not there, but the manifest lists it.`);
    const before = size;
    for await (const piece of body) {
      watch.signal.throwIfAborted();
      if (size + piece.length > bytes) {
        await rm(path);
        throw new JobFailure(
          `${source.place}/${key} goes on after the ${bytes} bytes that the manifest promises. It is not used; ask who publishes there.`,
        );
      }
      await handle.appendFile(piece);
      size += piece.length;
      watch.got(size);
    }
    if (size === bytes) return;
    if (size > before) throw new SourceFailure(`${source.place}/${key} broke off. Run this again to go on.`);
    throw new JobFailure(
      `${source.place}/${key} ends after ${size} of the ${bytes} bytes that the manifest promises. Run this again; if it happens again, ask who publishes there.`,
    );
  } finally {
    await handle.close();
  }
}
