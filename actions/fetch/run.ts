import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileNames } from '#domain/published-file.ts';
import type { Manifest } from '#domain/snapshot.ts';
import { takeFileLock } from '#sql/file-lock.ts';
import {
  pointLatest,
  readLatest,
  removeLeftovers,
  snapshotFolder,
  snapshotPath,
  syncFolder,
} from '../export/output-folder.ts';
import { isWhole } from '../export/whole.ts';
import { JobFailure } from '../failure.ts';
import { latestManifest, manifestIn } from '../publish/latest-manifest.ts';
import { download, readSmall } from './download.ts';
import type { Source } from './source.ts';

export interface Input {
  /** Where snapshots are kept here; made if it is not there. */
  output: string;
  /** Turn `latest` back to an older snapshot than is here. */
  force: boolean;
}

export interface Tools {
  source: Source;
  /** Called with the bytes that are here and those there will be. */
  tally(done: number, total: number): void;
  signal: AbortSignal;
}

export type Outcome =
  | { kind: 'fetched' | 'turned' | 'nothing'; manifest: Manifest }
  | { kind: 'older'; here: string; there: string }
  | { kind: 'busy' }
  | { kind: 'latest_is_no_link' };

/**
 * Brings the newest published snapshot here and turns `latest` to it, every byte held against its manifest. Can be killed
 * anywhere: `latest` stays whole, and the next run goes on. Throws JobFailure where what is published is not right.
 */
export async function run({ output, force }: Input, tools: Tools): Promise<Outcome> {
  await mkdir(output, { recursive: true });
  const lock = takeFileLock(join(output, '.lock'));
  if (lock === undefined) return { kind: 'busy' };
  try {
    const latest = await readLatest(output);
    if (latest?.kind === 'foreign') return { kind: 'latest_is_no_link' };
    await removeLeftovers(output);
    const { described, bytes } = await readManifest(tools.source);
    const id = described.snapshot_id;
    const here = latest === null ? null : basename(latest.target);
    if (here !== null && here > id && !force) return { kind: 'older', here, there: id };

    const wasHere = await isWhole(snapshotFolder(output, id), id);
    if (!wasHere) await bring(output, described, bytes, tools);
    if (here === id) return { kind: wasHere ? 'nothing' : 'fetched', manifest: described };
    await pointLatest(output, id);
    return { kind: wasHere ? 'turned' : 'fetched', manifest: described };
  } finally {
    lock.release();
  }
}

async function readManifest(source: Source): Promise<{ described: Manifest; bytes: Buffer }> {
  const bytes = await readSmall(source, latestManifest);
  if (bytes === null) {
    throw new JobFailure(
      `${source.place}/${latestManifest} is not there, or not for everybody to read. Correct the address, or publish first.`,
    );
  }
  const described = manifestIn(bytes);
  const isOurs =
    described !== null &&
    described.snapshot_dir === snapshotPath(described.snapshot_id) &&
    fileNames(described) !== null;
  if (!isOurs) {
    throw new JobFailure(
      `${source.place}/${latestManifest} is no manifest of a snapshot. Nothing was fetched; correct the address.`,
    );
  }
  return { described, bytes };
}

/** Brings a snapshot's files into a folder beside, and gives it its name when it is whole. */
async function bring(
  output: string,
  described: Manifest,
  manifestBytes: Buffer,
  { source, tally, signal }: Tools,
): Promise<void> {
  const { snapshot_id: id, snapshot_dir: from, files } = described;
  const folder = join(output, `.fetch-${id}`);
  for (const name of await readdir(output)) {
    if (name.startsWith('.fetch-') && join(output, name) !== folder)
      await rm(join(output, name), { recursive: true });
  }
  await mkdir(folder, { recursive: true });
  const total = Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const [name, expected] of Object.entries(files)) {
    const got = (bytes: number) => tally(before + bytes, total);
    await download(source, `${from}/${name}`, join(folder, name), expected, { got, signal });
    before += expected.bytes;
  }
  const sums = await readSmall(source, `${from}/SHA256SUMS`);
  await writeFile(join(folder, 'SHA256SUMS'), sums ?? '');
  await writeFile(join(folder, 'manifest.json'), manifestBytes);
  if (!(await isWhole(folder, id))) {
    throw new JobFailure(
      `${source.place}/${from}/SHA256SUMS does not fit the manifest. Nothing is used; ask who publishes there.`,
    );
  }
  await syncFolder(folder);
  const target = snapshotFolder(output, id);
  await mkdir(join(output, 'snapshots'), { recursive: true });
  // What stands there is not whole, or it would not have been fetched again.
  await rm(target, { recursive: true, force: true });
  await rename(folder, target);
}
