import type { Member } from '#domain/account-session.ts';
import { currentAttestation } from '#domain/attestation.ts';
import type { Gist } from '#domain/gist.ts';
import type { GistMetadata } from '#domain/gist-metadata.ts';
import { scanVerdict } from '#domain/inspected-row.ts';
import type { Inspection } from '#domain/inspection.ts';
import type { License } from '#domain/license.ts';
import { earlierFilesForgotten, isUnattested, planMove, type Submission } from '#domain/move.ts';
import { recordId } from '#domain/record-id.ts';
import { ok, type Result, refuse } from '#domain/result.ts';
import type { Database } from '#sql/db.ts';
import { holdAccount } from '#sql/queries/accounts.ts';
import type { InspectionRecord } from '#sql/queries/inspection-row.ts';
import { insertSubmission, type MoveRecord, moveSubmission } from '#sql/queries/moves.ts';

interface Offer extends GistMetadata {
  gistId: string;
  accountId: string;
  ownerId: string;
  license: License;
}

/** Refused where the index would not take the gist, whatever is in it. `row` is where it stands there; null: nowhere. */
export function mayOffer(row: Submission | null, gist: Gist, member: Member): Result<unknown> {
  return row ? mayResubmit(row, { ownerId: member.githubId, revision: gist.revision }) : ok(null);
}

/**
 * A gist's first offer makes its row; a later one moves the row there is, where the rules allow it. Refused as not signed
 * in where the account was erased while the gist was read.
 */
export async function recordOffer(
  database: Database,
  offer: Offer,
  inspection: Inspection,
): Promise<Result<Submission>> {
  const fresh = {
    ...offer,
    attestationVersion: currentAttestation,
    submittedAt: offer.verifiedAt,
  };
  const first: Submission = {
    ...fresh,
    recordId: recordId(offer.gistId),
    approvedRevision: null,
    approvedFiles: null,
    previousRevision: null,
    previousFiles: null,
    state: 'pending',
    presence: 'never',
    quarantinedFrom: null,
    quarantinedAt: null,
    appealedRevision: null,
    objection: null,
    approvedAt: null,
    pushedAt: null,
    lastSeq: 0,
  };
  const record: InspectionRecord = {
    gistId: offer.gistId,
    revision: offer.revision,
    inspectedAt: offer.verifiedAt,
    scan: scanVerdict(inspection, null),
    inspection,
  };
  return database.transaction(async (tx) => {
    if (!(await holdAccount(tx, offer.accountId))) return refuse('not_signed_in');
    if (await insertSubmission(tx, first, record)) return ok(first);
    return moveSubmission(tx, offer.gistId, (row) => planResubmission(row, fresh, record));
  });
}

function planResubmission(
  row: Submission | null,
  fresh: Offer & Partial<Submission>,
  inspection: InspectionRecord,
): Result<MoveRecord> {
  if (!row) throw new Error('a submission was neither inserted nor found');
  const may = mayResubmit(row, fresh);
  if (!may.ok) return may;
  const planned = planMove(...moveOf(row, fresh));
  return planned.ok
    ? ok({ planned: planned.value, accountId: fresh.accountId, reason: null, note: null, inspection })
    : planned;
}

/** An offer of a row that its owner has yet to confirm keeps its place in time; no revision of it was read here before. */
function moveOf(row: Submission, fresh: Partial<Submission>): Parameters<typeof planMove> {
  return isUnattested(row)
    ? ['attest', row, { ...fresh, submittedAt: row.submittedAt, ...earlierFilesForgotten }]
    : ['resubmit', row, fresh];
}

function mayResubmit(row: Submission, offer: Pick<Offer, 'ownerId' | 'revision'>): Result<Submission> {
  // A row whose owner erased their account is whosever the gist is: GitHub has just said so.
  if (row.ownerId !== null && row.ownerId !== offer.ownerId) return refuse('not_owner');
  if (row.state === 'removed') return refuse('removed_earlier');
  if (isUnattested(row)) return ok(row);
  // What the earlier site rejected was tied to no revision.
  const sameRejected = row.state === 'rejected' && row.license !== null && row.revision === offer.revision;
  if (sameRejected || (row.state !== 'rejected' && row.state !== 'withdrawn')) {
    return refuse('already_submitted', { state: row.state });
  }
  return ok(row);
}
