import { realpath } from 'node:fs/promises';
import { bytesText } from '#domain/bytes-text.ts';
import { type CurrentSnapshot, currentSnapshot } from '../copy/current.ts';
import { departed, readDepartures } from '../copy/departures.ts';
import type { Shard } from '../copy/layout.ts';
import type { ListedRow } from '../copy/listed-row.ts';
import { type CopyLock, isLockHeld, purgeLock, takeCopyLock } from '../copy/lock.ts';
import { type Selection, takesAll } from '../copy/selection/selection.ts';
import { noCounts, type Outcome as Status } from '../copy/status-line.ts';
import { diskSentence } from '../disk-sentence.ts';
import { JobFailure } from '../failure.ts';
import { durationText, type Tally } from '../tally.ts';
import { type Bringing, bringGist } from './bring-gist.ts';
import { departureStatus } from './departure-status.ts';
import { type Format, type FormatWriter, openFormat, type Written } from './formats/open-format.ts';
import type { ApiLook } from './host/api-look.ts';
import { fileFetcher } from './host/fetch-file.ts';
import { type Limits, usualLimits } from './host/limits.ts';
import { type Closed, createPace, type Pace } from './host/pace.ts';
import { type RawHosts, rawHostOf } from './host/raw-address.ts';
import { createRawClient, type RawClient } from './host/raw-client.ts';
import { inOrder } from './in-order.ts';
import { selectedRows } from './selected-rows.ts';
import { openStatusFile, type StatusFile } from './status-file.ts';
import { foldersIn } from './store/folders.ts';
import { openStore } from './store/store.ts';
import { unlistedIds, unlistedLines } from './unlisted.ts';

export interface Input {
  copy: string;
  selection: Selection;
  shard: Shard;
  /** Most requests at once. */
  concurrency: number;
  /** Milliseconds to wait for the raw host's limits in all. */
  patienceMs: number;
  /** Most bytes of a gist. */
  maxBytes: number;
  rawHosts: RawHosts;
  formats: readonly Format[];
  /** Hash what is here, too, and fetch again what is not as it should be. */
  recheck: boolean;
}

export interface Tools {
  tally(tally: Tally): void;
  log(line: string): void;
  /** Ends the work, by throwing its reason. */
  signal: AbortSignal;
  now(): Date;
  /** From 0 to 1, for waits that differ from those of others. */
  random(): number;
  /** Tells gists apart that the raw host has no more; null where GitHub is not to be asked. */
  api: ApiLook | null;
  limits?: Limits;
}

export interface Hydrated {
  kind: 'hydrated';
  snapshot: string;
  /** Gists by what became of them. */
  counts: Readonly<Record<Status, number>>;
  /** Gists among them that were asked for by their ids, and that the snapshot does not list. */
  unlisted: number;
  /** Requests to the raw host, and the bytes that came. */
  requests: number;
  received: number;
  /** Why the rest was not asked for; null where all was. */
  closed: Closed | null;
  written: readonly { format: Format; written: Written }[];
  /** Why the first gist with the status `error` has it; null where none has. */
  firstError: string | null;
  /** Name of the status file in the copy. */
  status: string;
}

export type Outcome = { kind: 'busy' } | Hydrated;

/**
 * Brings the files of the selected gists into the copy, each byte held against the snapshot, and writes what became of each
 * gist. What is here is not fetched again. Can be killed anywhere: the next run goes on. Throws JobFailure where the copy
 * is not as it should be, or the disk fails.
 */
export async function run(input: Input, tools: Tools): Promise<Outcome> {
  // Tells what to do where nothing was pulled, before anything is made there.
  await currentSnapshot(input.copy);
  const { index, of } = input.shard;
  const lock = await takeCopyLock(input.copy, of === 1 ? '.lock' : `.lock-${index}-of-${of}`);
  if (lock === undefined) return { kind: 'busy' };
  try {
    if (await isLockHeld(input.copy, purgeLock)) return { kind: 'busy' };
    return await hydrate(input, tools, lock);
  } catch (error) {
    if (tools.signal.aborted) throw error;
    const sentence = lock.lost.aborted ? takenOver(input.copy) : diskSentence(error);
    throw sentence === null ? error : new JobFailure(sentence);
  } finally {
    await lock.release().catch(() => undefined);
  }
}

const takenOver = (copy: string) =>
  `Another run took over in ${copy}, because this one stood still for a minute. Wait until it has ended, then run this again.`;

async function hydrate(input: Input, tools: Tools, lock: CopyLock): Promise<Hydrated> {
  const signal = AbortSignal.any([tools.signal, lock.lost]);
  const limits = tools.limits ?? usualLimits;
  const copy = await realpath(input.copy);
  const snapshot = await currentSnapshot(copy);
  const departures = await readDepartures(copy, snapshot.folder);
  const unlisted = await unlistedIds(snapshot.folder, input.selection.ids, input.shard);
  const total = (await countRows(snapshot, input)) + unlisted.length;
  const now = () => tools.now().getTime();
  const host = rawHostOf(input.rawHosts.used);
  const { concurrency: most, patienceMs: patience, shard, recheck } = input;
  const pace = createPace({ most, patience, limits, now, random: tools.random });
  const client = createRawClient(host, most, limits, now);
  const stop = () => {
    pace.close();
    client.close();
  };
  signal.addEventListener('abort', stop);

  const folders = foldersIn(copy);
  const store = openStore(copy, folders, shard, recheck);
  const fetch = fileFetcher({ client, store, pace, limits, random: tools.random, signal });
  const { rawHosts: hosts, maxBytes } = input;
  const bringing: Bringing = { folders, store, fetch, hosts, maxBytes, recheck, api: tools.api };
  const look = async (row: ListedRow) => {
    const departure = departed(row, departures);
    return { row, brought: departure ? departureStatus(departure) : await bringGist(row, bringing) };
  };

  const counts = noCounts();
  let done = 0;
  let firstError: string | null = null;
  const tell = () => tools.tally({ done, total, unit: 'gists', note: noteOf(client, pace) });
  const clock = setInterval(tell, 1_000);
  let status: StatusFile | null = null;
  const writers: { format: Format; writer: FormatWriter }[] = [];
  try {
    status = openStatusFile(copy, folders.share('.part'), shard);
    for (const format of input.formats)
      writers.push({ format, writer: await openFormat(format, copy, shard) });
    const rows = selectedRows(snapshot.folder, input.selection, shard);
    const width = { atOnce: most + 4, ahead: 4 * most + 64, stop };
    for await (const { row, brought } of inOrder(rows, look, width)) {
      signal.throwIfAborted();
      const { gist_id, record_id, gist_version } = row;
      status.add({ gist_id, record_id, gist_version, ...brought });
      if (brought.status === 'ok') {
        const files = brought.files.map(({ name, path }) => ({ name, path: `${copy}/${path}` }));
        for (const { writer } of writers) await writer.add(row, files);
      }
      if (brought.status === 'error') firstError ??= brought.why;
      counts[brought.status] += 1;
      done += 1;
      tell();
    }
    for (const line of unlistedLines(unlisted, departures)) {
      status.add(line);
      counts[line.status] += 1;
      done += 1;
    }
    signal.throwIfAborted();
    const written = [];
    for (const { format, writer } of writers) written.push({ format, written: await writer.end() });
    status.end();
    const { requests, received } = client;
    const { closed } = pace;
    return {
      kind: 'hydrated',
      snapshot: snapshot.id,
      counts,
      unlisted: unlisted.length,
      requests,
      received,
      closed,
      firstError,
      written,
      status: status.name,
    };
  } catch (error) {
    status?.abort();
    await Promise.allSettled(writers.map(({ writer }) => writer.abort()));
    throw error;
  } finally {
    clearInterval(clock);
    signal.removeEventListener('abort', stop);
    stop();
  }
}

/** How many rows are meant; where it is all of them, without reading them. */
async function countRows({ folder, manifest }: CurrentSnapshot, input: Input): Promise<number> {
  const { selection, shard } = input;
  if (takesAll(selection) && shard.of === 1) {
    return Math.min(manifest.record_count, selection.limit ?? Number.POSITIVE_INFINITY);
  }
  let count = 0;
  for await (const _ of selectedRows(folder, selection, shard)) count += 1;
  return count;
}

function noteOf(client: RawClient, pace: Pace): string {
  const parts = [`${bytesText(client.received)} fetched`, `${pace.width} at once`];
  if (pace.pause > 0) parts.push(`waiting ${durationText(pace.pause / 1000)} for the raw host`);
  return parts.join(' · ');
}
