import { changedFiles } from '#domain/file-change.ts';
import { blocking } from '#domain/finding.ts';
import { admitGist } from '#domain/gist.ts';
import { editedMetadata, type GistMetadata, gistMetadata } from '#domain/gist-metadata.ts';
import { gistToDescribe, scanVerdict } from '#domain/inspected-row.ts';
import type { Inspection } from '#domain/inspection.ts';
import { planMove, type Submission } from '#domain/move.ts';
import { ok, type Result, refuse, refuseSecrets } from '#domain/result.ts';
import { rowTitle } from '#domain/title.ts';
import { readGist } from '#github/gists.ts';
import { isCurrent } from '#inspect/inspect-gist.ts';
import { withheld } from '#inspect/withheld.ts';
import type { Runtime } from '#runtime/runtime.ts';
import type { InspectionRecord } from '#sql/queries/inspection-row.ts';
import { findInspection, storeInspection } from '#sql/queries/inspections.ts';
import { moveSubmission } from '#sql/queries/moves.ts';
import { gistOrRefusal, type ReadGist } from '../github-refusal.ts';
import { inspectRead } from '../submissions/offered-gist.ts';
import { refuseChanged } from './refuse-decision.ts';

/** A gist as it is at the moment of its approval, and what is in it by the rules of today. */
export interface Reread {
  metadata: GistMetadata;
  inspection: InspectionRecord;
}

/**
 * Reads the gist again before it is approved, and looks into it where that was not done by the rules of today. Another
 * head revision is refused with `revision_changed`, and the row takes the new one; a secret is refused with
 * `secrets_found`, and what was found is kept for the moderator and the owner; what makes the gist inadmissible is
 * refused and changes nothing.
 */
export async function reread(runtime: Runtime, row: Submission): Promise<Result<Reread>> {
  const read = gistOrRefusal(await readGist(runtime.github, row.gistId));
  if (!read.ok) return read;
  const { gist } = read.value;
  const edited = gist.revision !== row.revision && gist.public && gist.owner?.id === row.ownerId;
  if (edited) return takeRevision(runtime, row, read.value);
  const admitted = admitGist(gist, row.ownerId);
  if (!admitted.ok) return admitted;

  const stored = await findInspection(runtime.database, row.gistId, row.revision);
  // A description can be edited without a new revision.
  const stands =
    stored && isCurrent(stored.inspection) && rowTitle(gist.description, gist.files) === row.title;
  const inspected = stands ? ok(stored.inspection) : await inspectRead(runtime, read.value);
  if (!inspected.ok) return inspected;
  const found = inspected.value;
  const login = gist.owner?.login ?? row.ownerLogin;
  const metadata = gistMetadata(gistToDescribe(gist, found), login, new Date());
  const inspection: InspectionRecord = {
    ...recordOf(metadata, row, found),
    inspectedAt: stands ? stored.inspectedAt : metadata.verifiedAt,
    // Approving says: I have seen what was found until now.
    scan: scanVerdict(found, stored?.inspection.findings ?? null),
  };
  const secrets = blocking(found.findings);
  if (secrets.length === 0) return ok({ metadata, inspection });
  if (!stands) {
    const shown = await withheld(row, gist, found);
    await storeInspection(runtime.database, { ...inspection, scan: null }, shown);
  }
  return refuseSecrets(row, secrets);
}

/** The row takes the head revision, with what is in it when that can be had; without, an approval will ask again. */
async function takeRevision(runtime: Runtime, row: Submission, read: ReadGist): Promise<Result<never>> {
  const { gist } = read;
  const inspected = admitGist(gist, row.ownerId).ok ? await inspectRead(runtime, read) : null;
  const found = inspected?.ok ? inspected.value : null;
  const changes = editedMetadata(gist, found, gist.owner?.login ?? row.ownerLogin, new Date());
  const inspection = found && recordOf(changes, row, found);
  const shownNames = new Map(gist.files.map(({ name }, i) => [name, changes.files[i]?.name ?? '']));
  await moveSubmission(runtime.database, row.gistId, (current) => {
    if (!current || current.revision === changes.revision) return refuse('revision_changed');
    const planned = planMove('edit', current, changes);
    return planned.ok
      ? ok({ planned: planned.value, accountId: null, reason: null, note: null, inspection })
      : planned;
  });
  // Of a file that is there still, its name as the row shows it now.
  const changed = changedFiles(row.files, gist.files).map(({ name, change }) => ({
    name: shownNames.get(name) ?? name,
    change,
  }));
  return refuseChanged(changes.revision, changed);
}

function recordOf(metadata: GistMetadata, { gistId }: Submission, inspection: Inspection): InspectionRecord {
  return {
    gistId,
    revision: metadata.revision,
    inspectedAt: metadata.verifiedAt,
    scan: scanVerdict(inspection, null),
    inspection,
  };
}
