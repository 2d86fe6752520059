import { type Departure, departed, readAllDepartures } from './departures.ts';
import { heldBlobs, heldGists } from './held.ts';
import { readRows } from './rows.ts';

export interface Survey {
  /** Why each gist that departed is not to be kept. */
  gone: ReadonlyMap<string, Departure>;
  /** The revision the snapshot lists, of each gist that is in the copy or was restored. */
  revisions: ReadonlyMap<string, string>;
  /** Git blob shas in the store that nothing needs which is listed. */
  spare: ReadonlySet<string>;
  /** Gists that the snapshot in the copy lists, although they departed since. */
  listedStill: number;
  /** Bytes of the listed revisions of gists that are in the copy. */
  bytes: number;
}

/**
 * What may stay in a copy and what may not, by its snapshot and by all departures it knows of, those in the file `removed`
 * too. Reads the rows once; memory grows with what is in the copy and with the departures, not with the rows.
 */
export async function surveyCopy(
  copy: string,
  snapshotFolder: string,
  removed: string | null,
  signal: AbortSignal,
): Promise<Survey> {
  const departures = await readAllDepartures(copy, snapshotFolder, removed);
  const gone = new Map<string, Departure>();
  for (const departure of departures.values()) gone.set(departure.gist_id, departure);
  const held = new Set<string>();
  for await (const one of heldGists(copy, signal)) if (one.gistId !== null) held.add(one.gistId);
  const spare = new Set<string>();
  for await (const { sha } of heldBlobs(copy, signal)) if (sha !== null) spare.add(sha);

  const revisions = new Map<string, string>();
  let listedStill = 0;
  let bytes = 0;
  for await (const row of readRows(snapshotFolder)) {
    signal.throwIfAborted();
    const departure = departed(row, departures);
    if (departure !== null) {
      gone.set(row.gist_id, departure);
      listedStill += 1;
      continue;
    }
    const wasGone = gone.delete(row.gist_id);
    if (wasGone || held.has(row.gist_id)) revisions.set(row.gist_id, row.gist_version);
    if (held.has(row.gist_id)) bytes += row.total_bytes;
    if (spare.size > 0) for (const file of row.files) spare.delete(file.git_blob_sha);
  }
  return { gone, revisions, spare, listedStill, bytes };
}

/** Why something of a gist may not stay: it departed, or is of a revision that is not the one listed. */
export type Ground = { kind: Departure['kind'] | 'superseded'; reason: string | null; at: string | null };

/** Null where it may stay, as far as the survey knows. `revision` is null where it is not known. */
export function groundOf(survey: Survey, gistId: string, revision: string | null): Ground | null {
  const departure = survey.gone.get(gistId);
  if (departure !== undefined) {
    return { kind: departure.kind, reason: departure.reason, at: departure.at };
  }
  const listed = survey.revisions.get(gistId);
  const isOlder = revision !== null && listed !== undefined && listed !== revision;
  return isOlder ? { kind: 'superseded', reason: null, at: null } : null;
}
