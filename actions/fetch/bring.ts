import { mkdir, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ForeignManifest } from '#domain/read-manifest.ts';
import { isLeftover, snapshotFolder, syncFolder } from '../export/output-folder.ts';
import { isWhole, sumsFit } from '../export/whole.ts';
import { JobFailure } from '../failure.ts';
import { countLines } from './count-lines.ts';
import { download, readSmall } from './download.ts';
import { bytesOf, gigabytes, type Published } from './published.ts';
import type { Source } from './source.ts';

export interface BringTools {
  source: Source;
  /** Called with the bytes that are here and those there will be. */
  tally(done: number, total: number): void;
  signal: AbortSignal;
}

/** Files of a snapshot that is not whole yet are in a folder of this name. */
const unfinished = '.fetch-';

/**
 * Sees to it that a snapshot is in its folder, whole; answers whether it was. Can be killed anywhere. Throws JobFailure where
 * what is published is not right.
 */
export async function ensureHere(output: string, published: Published, tools: BringTools): Promise<boolean> {
  const id = published.manifest.snapshot_id;
  const folder = snapshotFolder(output, id);
  if (await isWhole(folder, id, published.bytes)) return true;
  if (await isWhole(folder, id)) {
    throw new JobFailure(
      `${tools.source.place} has another snapshot ${id} than ${folder}, though one that was published never changes. Nothing was fetched; ask who publishes there.`,
    );
  }
  await bring(output, published, tools);
  return false;
}

/**
 * Brings a snapshot's files into a folder beside, holds each against the manifest, and gives the folder its name when it is
 * whole. What an earlier run brought is gone on with. Throws JobFailure where what is published is not right.
 */
async function bring(
  output: string,
  { manifest, bytes }: Published,
  { source, tally, signal }: BringTools,
): Promise<void> {
  const { snapshot_id: id, snapshot_dir: from, files } = manifest;
  const folder = join(output, `${unfinished}${id}`);
  for (const entry of await readdir(output, { withFileTypes: true })) {
    const path = join(output, entry.name);
    const isOwn = path === folder && entry.isDirectory();
    if (isLeftover(entry.name, [unfinished]) && !isOwn) await rm(path, { recursive: true });
  }
  await mkdir(folder, { recursive: true });
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    // A link may lead anywhere, and is not gone on with.
    const isOwn = Object.hasOwn(files, entry.name) && entry.isFile();
    if (!isOwn) await rm(join(folder, entry.name), { recursive: true });
  }
  const [sums, own] = [
    await readSmall(source, `${from}/SHA256SUMS`),
    await readSmall(source, `${from}/manifest.json`),
  ];
  if (own === null || !own.equals(bytes)) {
    throw new JobFailure(
      `${source.place}/${from}/manifest.json is not the manifest in latest. Nothing is used; run this again in a minute, and if it happens again, ask who publishes there.`,
    );
  }
  if (sums === null || !sumsFit(sums.toString(), manifest, bytes)) {
    throw new JobFailure(
      `${source.place}/${from}/SHA256SUMS does not fit the manifest. Nothing is used; ask who publishes there.`,
    );
  }
  await checkSpace(folder, manifest);
  const total = bytesOf(manifest);
  let before = 0;
  for (const [name, expected] of Object.entries(files)) {
    const got = (now: number) => tally(before + now, total);
    await download(source, `${from}/${name}`, join(folder, name), expected, { got, signal });
    before += expected.bytes;
  }
  for (const name of ['submissions.ndjson', 'urls.txt']) {
    const lines = await countLines(join(folder, name));
    if (lines === manifest.record_count) continue;
    throw new JobFailure(
      `${source.place}/${from}/${name} has ${lines ?? 'a last line that does not end, not'} lines, but the manifest counts ${manifest.record_count} sessions. Nothing is used; ask who publishes there.`,
    );
  }
  await writeFile(join(folder, 'SHA256SUMS'), sums);
  await writeFile(join(folder, 'manifest.json'), bytes);
  await syncFolder(folder);
  const target = snapshotFolder(output, id);
  await mkdir(join(output, 'snapshots'), { recursive: true });
  // What stands there is not whole, or it would not have been fetched again.
  await rm(target, { recursive: true, force: true });
  await rename(folder, target);
}

/** Throws JobFailure where what is still to come will not fit; a system that cannot tell finds out on its own. */
async function checkSpace(folder: string, manifest: ForeignManifest): Promise<void> {
  const disk = await statfs(folder).catch(() => null);
  if (disk === null || disk.blocks === 0) return;
  let here = 0;
  for (const name of await readdir(folder)) here += (await stat(join(folder, name))).size;
  const free = disk.bavail * disk.bsize;
  const missing = bytesOf(manifest) - here;
  if (missing <= free) return;
  throw new JobFailure(
    `Snapshot ${manifest.snapshot_id} needs ${gigabytes(missing)} more, and the disk of ${folder} has ${gigabytes(free)} left. Free some space, then run this again.`,
  );
}
