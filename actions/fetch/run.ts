import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ForeignManifest } from '#domain/read-manifest.ts';
import { takeFileLock } from '#sql/file-lock.ts';
import { pointLatest, readLatest, removeLeftovers } from '../export/output-folder.ts';
import { type BringTools, ensureHere } from './bring.ts';
import { readPublished } from './published.ts';
import { findSetBack, type SetBack } from './set-back.ts';

export interface Input {
  /** Where snapshots are kept here; made if it is not there. */
  output: string;
  /** Turn `latest` back to an older snapshot than is here. */
  force: boolean;
}

export type Outcome =
  | { kind: 'fetched' | 'turned' | 'nothing'; manifest: ForeignManifest }
  | SetBack
  | { kind: 'busy' }
  | { kind: 'latest_is_no_link' };

/**
 * Brings the newest published snapshot here and turns `latest` to it, every byte held against its manifest. Can be killed
 * anywhere: `latest` stays whole, and the next run goes on. Throws JobFailure where what is published is not right.
 */
export async function run({ output, force }: Input, tools: BringTools): Promise<Outcome> {
  await mkdir(output, { recursive: true });
  const lock = takeFileLock(join(output, '.lock'));
  if (lock === undefined) return { kind: 'busy' };
  try {
    const latest = await readLatest(output);
    if (latest?.kind === 'foreign') return { kind: 'latest_is_no_link' };
    await removeLeftovers(output);
    const published = await readPublished(tools.source);
    const { manifest } = published;
    const here = latest === null ? null : basename(latest.target);
    const setBack = await findSetBack(output, here, manifest);
    if (setBack !== null && !force) return setBack;

    const wasHere = await ensureHere(output, published, tools);
    if (here === manifest.snapshot_id) return { kind: wasHere ? 'nothing' : 'fetched', manifest };
    await pointLatest(output, manifest.snapshot_id);
    return { kind: wasHere ? 'turned' : 'fetched', manifest };
  } finally {
    lock.release();
  }
}
