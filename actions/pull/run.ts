import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ForeignManifest } from '#domain/read-manifest.ts';
import { takeCopyLock } from '../copy/lock.ts';
import { refuseLink } from '../copy/no-link.ts';
import { pointLatest, readLatest, removeLeftovers, snapshotFolder } from '../export/output-folder.ts';
import { ensureHere } from '../fetch/bring.ts';
import { readPublished } from '../fetch/published.ts';
import { findSetBack, type SetBack } from '../fetch/set-back.ts';
import type { Source } from '../fetch/source.ts';
import { foreignNames } from './foreign.ts';
import { readLastRecheck } from './last-recheck.ts';
import { readRemovals } from './removals.ts';
import { readWithdrawn } from './withdrawn.ts';

export interface Input {
  /** The copy; made if it is not there. */
  copy: string;
  /** Refuse a snapshot made longer ago than this; null for any. */
  maxAgeDays: number | null;
  /** Turn `latest` back to an older snapshot than is here. */
  allowOlder: boolean;
}

export interface Tools {
  source: Source;
  now(): Date;
  /** Called with the bytes that are here and those there will be. */
  tally(done: number, total: number): void;
  /** What is worth knowing though all went well. */
  log(line: string): void;
  signal: AbortSignal;
}

export type Outcome =
  | {
      /** `pulled` was brought here, `turned` was here and is `latest` now, `nothing` was `latest` already. */
      kind: 'pulled' | 'turned' | 'nothing';
      manifest: ForeignManifest;
      /** Departures that the copy knows of now. */
      removals: number;
      /** When the gists were last rechecked; null where nobody tells. */
      recheckedAt: string | null;
    }
  | { kind: 'busy' | 'latest_is_no_link' }
  /** It is no copy, and has these names, which one would write over. */
  | { kind: 'no_copy'; names: readonly string[] }
  | SetBack
  | { kind: 'too_old'; id: string; generatedAt: string; maxAgeDays: number }
  | { kind: 'from_future'; id: string; generatedAt: string }
  | { kind: 'withdrawn'; id: string; reason: string };

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Brings the newest published snapshot into the copy, and all departures so far, as somebody who trusts nobody on the way.
 * Can be killed anywhere: `latest` leads to a whole snapshot, and the next run goes on. What is refused changes nothing that
 * `latest` leads to. Throws JobFailure where what is published is not right.
 */
export async function run(input: Input, tools: Tools): Promise<Outcome> {
  const { copy } = input;
  await mkdir(copy, { recursive: true });
  const names = await foreignNames(copy);
  if (names.length > 0) return { kind: 'no_copy', names };
  const lock = await takeCopyLock(copy, '.lock');
  if (lock === undefined) return { kind: 'busy' };
  try {
    const signal = AbortSignal.any([tools.signal, lock.lost]);
    return await pull(input, { ...tools, signal });
  } finally {
    await lock.release();
  }
}

async function pull({ copy, maxAgeDays, allowOlder }: Input, tools: Tools): Promise<Outcome> {
  const { source } = tools;
  const latest = await readLatest(copy);
  if (latest?.kind === 'foreign') return { kind: 'latest_is_no_link' };
  await refuseLink(join(copy, 'snapshots'));
  await removeLeftovers(copy);
  const published = await readPublished(source);
  const { manifest } = published;
  const { snapshot_id: id, generated_at: generatedAt } = manifest;
  const here = latest === null ? null : basename(latest.target);

  const setBack = await findSetBack(copy, here, manifest);
  if (setBack !== null && !allowOlder) return setBack;
  const age = tools.now().getTime() - Date.parse(generatedAt);
  if (age < -dayMs) return { kind: 'from_future', id, generatedAt };
  if (maxAgeDays !== null && age > maxAgeDays * dayMs)
    return { kind: 'too_old', id, generatedAt, maxAgeDays };
  const withdrawn = await readWithdrawn(source);
  const reason = withdrawn?.find(({ snapshot_id }) => snapshot_id === id)?.reason;
  if (reason !== undefined) return { kind: 'withdrawn', id, reason };

  const wasHere = await ensureHere(copy, published, tools);
  const removals = await readRemovals(copy, snapshotFolder(copy, id), allowOlder, tools);
  const status = await readLastRecheck(source);
  // Departures first: they are right for the snapshot before, too.
  await removals.keep();
  if (here !== id) await pointLatest(copy, id);

  if (!removals.hourly) {
    tools.log(
      `${source.place} has no hourly removals, so departures since ${generatedAt} are not known. Those of the snapshot are used.`,
    );
  }
  if (status !== null && tools.now().getTime() - Date.parse(status.toldAt) > 2 * dayMs) {
    tools.log(
      `Removals at ${source.place} were last refreshed at ${status.toldAt}, though they should be every hour.`,
    );
  }
  await tellWithdrawn(copy, withdrawn, tools);
  const kind = here === id && wasHere ? 'nothing' : wasHere ? 'turned' : 'pulled';
  return { kind, manifest, removals: removals.count, recheckedAt: status?.recheckedAt ?? null };
}

async function tellWithdrawn(
  copy: string,
  withdrawn: Awaited<ReturnType<typeof readWithdrawn>>,
  { source, log }: Tools,
): Promise<void> {
  if (withdrawn === null) {
    log(`${source.place}/withdrawn-snapshots.json cannot be understood; look at it for snapshots to delete.`);
    return;
  }
  const here = await readdir(join(copy, 'snapshots'));
  for (const { snapshot_id, reason } of withdrawn) {
    if (!here.includes(snapshot_id)) continue;
    log(
      `Snapshot ${snapshot_id} was withdrawn (${reason}). Delete ${snapshotFolder(copy, snapshot_id)}, and what was made of it.`,
    );
  }
}
