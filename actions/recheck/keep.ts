import type { Gist, GistFile } from '#domain/gist.ts';
import { editedMetadata } from '#domain/gist-metadata.ts';
import { scanVerdict } from '#domain/inspected-row.ts';
import type { Inspection } from '#domain/inspection.ts';
import { planMove, type Submission } from '#domain/move.ts';
import { ok, refuse } from '#domain/result.ts';
import type { Move } from '#domain/submission.ts';
import type { Db } from '#sql/db.ts';
import { type DueRecheck, type Reread, storeReread } from '#sql/queries/due-rechecks.ts';
import type { InspectionRecord } from '#sql/queries/inspection-row.ts';
import { findSubmission, moveSubmission } from '#sql/queries/moves.ts';

/** A gist as it was read at a time, whose owner GitHub names. */
export interface Read {
  gist: Gist & { owner: NonNullable<Gist['owner']> };
  at: Date;
  /** The time of the last push before it was read; null where a later one could hide behind it. */
  pushedAt: Date | null;
}

/** Moves a row if it stands where the recheck saw it; false where somebody else has moved it. */
export async function moveAsSeen(
  db: Db,
  seen: DueRecheck,
  move: Move,
  changes: Partial<Submission> | ((row: Submission) => Partial<Submission>),
  inspection: InspectionRecord | null = null,
): Promise<boolean> {
  const moved = await moveSubmission(db, seen.gistId, (row) => {
    if (row?.lastSeq !== seen.lastSeq) return refuse('revision_changed');
    const planned = planMove(move, row, typeof changes === 'function' ? changes(row) : changes);
    return planned.ok
      ? ok({ planned: planned.value, accountId: null, reason: null, note: null, inspection })
      : planned;
  });
  return moved.ok;
}

/** The gist is what the row says: public, of the same owner, at the same revision. */
export async function keepSame(db: Db, seen: DueRecheck, read: Read): Promise<boolean> {
  const row = read.gist.owner.login === seen.ownerLogin ? null : await findSubmission(db, seen.gistId);
  return storeReread(db, seen, reread(read), row && filesOf(row, read.gist));
}

/** The owner of a listed gist has another login, and the dataset tells so. */
export function keepRenamed(db: Db, seen: DueRecheck, read: Read): Promise<boolean> {
  return moveAsSeen(db, seen, 'update', (row) => ({ ...reread(read), files: filesOf(row, read.gist) }));
}

/** The gist is there again, as it was approved. */
export function keepRecovered(db: Db, seen: DueRecheck, read: Read): Promise<boolean> {
  return moveAsSeen(db, seen, 'recover', (row) => ({
    ...reread(read),
    files: filesOf(row, read.gist),
    availability: 'available',
    lostAt: null,
  }));
}

/**
 * The gist was edited: the row takes its head revision, with what is in it where that could be had; where not, the next
 * inspection will find out.
 */
export function keepEdited(db: Db, seen: DueRecheck, read: Read, found: Inspection | null): Promise<boolean> {
  const { gist, at, pushedAt } = read;
  const changes = { ...editedMetadata(gist, found, gist.owner.login, at), pushedAt };
  const inspection = found && {
    gistId: seen.gistId,
    revision: gist.revision,
    inspectedAt: at,
    scan: scanVerdict(found, null),
    inspection: found,
  };
  return moveAsSeen(db, seen, 'edit', changes, inspection);
}

/** The gist was edited, and cannot be read: nothing of the new revision is known but that. */
export function keepUnread(
  db: Db,
  seen: DueRecheck,
  head: { revision: string; at: Date; pushedAt: Date | null },
): Promise<boolean> {
  const { revision, at: verifiedAt, pushedAt } = head;
  const nothing = { files: [], totalBytes: 0 };
  return moveAsSeen(db, seen, 'edit', {
    ...nothing,
    revision,
    verifiedAt,
    pushedAt,
    availability: 'available',
    lostAt: null,
  });
}

function reread({ gist, at, pushedAt }: Read): Reread {
  return {
    ownerLogin: gist.owner.login,
    gistUrl: gist.url,
    nodeId: gist.nodeId,
    gistUpdatedAt: new Date(gist.updatedAt),
    verifiedAt: at,
    pushedAt,
  };
}

/** The row's files at their addresses of today, in which a login stands; a name that is withheld stays so. */
function filesOf(row: Submission, gist: Gist): GistFile[] {
  return row.files.map((file, i) => {
    const now = gist.files[i];
    if (now?.gitBlobSha !== file.gitBlobSha) return file;
    const rawUrl = now.name === file.name ? now.rawUrl : now.rawUrl.replace(/\/[^/]*$/, '');
    return { ...file, rawUrl };
  });
}
