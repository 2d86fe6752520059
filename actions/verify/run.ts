import { currentSnapshot } from '../copy/current.ts';
import { sessionPath } from '../copy/layout.ts';
import { readRows } from '../copy/rows.ts';
import { surveyCopy } from '../copy/survey.ts';
import type { Obstacle } from '../purge/find/found.ts';
import { checkRow, checkStore, storedBlobs } from './check-files.ts';
import { checkFolders, othersIn, toldHere } from './check-folders.ts';
import { checkDepartures } from './check-outputs.ts';
import { checkSnapshot } from './check-snapshot.ts';
import { collect } from './collect.ts';
import type { Finding, FindingKind } from './finding.ts';
import { pace } from './pace.ts';

export interface Input {
  copy: string;
  /** How many findings of each kind are told by name; Infinity for all of them. */
  most: number;
}

export interface Tools {
  /** Called with the bytes that were read and those there are to read, as far as is known. */
  tally(done: number, total: number): void;
  progress(text: string): void;
  signal: AbortSignal;
}

export interface Outcome {
  copy: string;
  snapshot: string;
  /** Sessions that are here, of those listed, and their files and bytes. */
  sessions: number;
  files: number;
  bytes: number;
  /** Sessions that departed so far. */
  departed: number;
  counts: Record<FindingKind, number>;
  findings: Finding[];
  obstacles: Obstacle[];
  /** Names in the copy that are not of its layout, into which nobody looked. */
  others: string[];
}

/**
 * Holds everything in a copy against the snapshot in it: the snapshot's files by its manifest, each file of each session by
 * its git blob sha and size, and everything that is made of them by the departures. Changes nothing, follows no link, and
 * asks no network. Memory grows with the ids and shas that are here, not with the sessions. Throws JobFailure where there
 * is no snapshot, or its rows cannot be read.
 */
export async function run({ copy, most }: Input, { tally, progress, signal }: Tools): Promise<Outcome> {
  const current = await currentSnapshot(copy);
  const { counts, findings, report } = collect(most);
  const turn = pace(signal);
  let total = Object.values(current.manifest.files).reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const got = (bytes: number) => {
    done += bytes;
    tally(done, Math.max(done, total));
  };
  await checkSnapshot(current, report, got, turn);

  progress('reading the snapshot and the removals');
  const survey = await surveyCopy(copy, current.folder, null, signal);
  total += survey.bytes;
  const stored = await storedBlobs(copy, signal);
  // Nothing listed says what they should be, and they are reported for that.
  for (const sha of survey.spare) stored.delete(sha);
  const told = await toldHere(copy);

  const here = { sessions: 0, files: 0, bytes: 0 };
  for await (const row of readRows(current.folder)) {
    if (survey.gone.has(row.gist_id)) continue;
    const isHeld = survey.revisions.get(row.gist_id) === row.gist_version;
    if (isHeld && checkRow(copy, row, stored, { report, got })) {
      here.sessions += 1;
      here.files += row.files.length;
      here.bytes += row.total_bytes;
    } else if (told.get(row.gist_id) === row.gist_version) {
      const path = sessionPath(row.gist_id, row.gist_version);
      report('missing', path, row.gist_id, 'the status says it is here');
    }
    await turn();
  }
  await checkStore(copy, stored, { report, got }, turn, signal);
  await checkFolders(copy, survey, report, signal);
  progress('looking for what departed');
  const obstacles = await checkDepartures(copy, current, survey, report, signal);
  return {
    copy,
    snapshot: current.id,
    ...here,
    departed: survey.gone.size,
    counts,
    findings,
    obstacles,
    others: othersIn(copy),
  };
}
