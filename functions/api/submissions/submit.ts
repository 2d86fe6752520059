import { z } from 'zod';
import { currentAttestation } from '#domain/attestation.ts';
import { admitGist } from '#domain/gist.ts';
import { parseGistAddress } from '#domain/gist-address.ts';
import { type GistMetadata, gistMetadata } from '#domain/gist-metadata.ts';
import { isLicense, type License, licenseIds } from '#domain/license.ts';
import { planMove, type Submission } from '#domain/move.ts';
import { recordId } from '#domain/record-id.ts';
import { ok, type Result, refuse } from '#domain/result.ts';
import { readGist } from '#github/gists.ts';
import type { Database } from '#sql/db.ts';
import { insertSubmission, type MoveRecord, moveSubmission } from '#sql/queries/moves.ts';
import { endpoint } from '../../http/endpoint.ts';
import { gistOrRefusal } from '../github-refusal.ts';

const input = z.object({
  gist_url: z.string('it must be text').max(2000, 'it is longer than 2000 characters').default(''),
  license: z
    .string('it must be text')
    .refine((id) => id === '' || isLicense(id), `it must be one of ${licenseIds.join(', ')}`)
    .default(''),
  attested: z
    .union([z.boolean(), z.enum(['on', 'true', 'false', ''])], 'it must be true or false')
    .default(false),
  revision: z.string('it must be text').max(40, 'it is longer than a revision').optional(),
});

/** POST /api/submissions: a contributor offers one of their own public gists, under a licence of their choice. */
export const submit = endpoint({
  method: 'POST',
  who: 'member',
  input,
  form: { done: '/mine', refused: '/submit', notice: () => 'submitted' },
  async answer({ input: wanted, member, runtime }) {
    const address = parseGistAddress(wanted.gist_url, runtime.gistHosts);
    if (!address) return refuse('invalid_gist_url');
    if (!isLicense(wanted.license)) return refuse('license_required');
    if (wanted.attested !== true && wanted.attested !== 'on' && wanted.attested !== 'true') {
      return refuse('attestation_required');
    }

    const read = gistOrRefusal(await readGist(runtime.github, address.gistId));
    const gist = read.ok ? admitGist(read.value, member.githubId) : read;
    if (!gist.ok) return gist;
    if (wanted.revision !== undefined && wanted.revision !== gist.value.revision) {
      return refuse('revision_changed', { revision: gist.value.revision });
    }

    const offer = {
      ...gistMetadata(gist.value, member.login, new Date()),
      gistId: gist.value.id,
      accountId: member.accountId,
      ownerId: member.githubId,
      license: wanted.license,
    };
    const taken = await recordOffer(runtime.database, offer);
    if (!taken.ok) return taken;
    const { gistId, revision, state } = taken.value;
    return ok({ status: 201, body: { gist_id: gistId, revision, state } });
  },
});

interface Offer extends GistMetadata {
  gistId: string;
  accountId: string;
  ownerId: string;
  license: License;
}

/** A gist's first offer makes its row; a later one moves the row there is, where the rules allow it. */
async function recordOffer(database: Database, offer: Offer): Promise<Result<Submission>> {
  const fresh = {
    ...offer,
    attestationVersion: currentAttestation,
    availability: 'available',
    submittedAt: offer.verifiedAt,
  } as const;
  const first: Submission = {
    ...fresh,
    recordId: recordId(offer.gistId),
    approvedRevision: null,
    state: 'pending',
    presence: 'never',
    quarantinedFrom: null,
    quarantinedAt: null,
    appealedRevision: null,
    approvedAt: null,
    lastSeq: 0,
  };
  if (await insertSubmission(database, first)) return ok(first);
  return moveSubmission(database, offer.gistId, (row) => planResubmission(row, fresh));
}

function planResubmission(row: Submission | null, fresh: Offer & Partial<Submission>): Result<MoveRecord> {
  if (!row) throw new Error('a submission was neither inserted nor found');
  if (row.ownerId !== fresh.ownerId) return refuse('not_owner');
  if (row.state === 'removed') return refuse('removed_earlier');
  const sameRejected = row.state === 'rejected' && row.revision === fresh.revision;
  if (sameRejected || (row.state !== 'rejected' && row.state !== 'withdrawn')) {
    return refuse('already_submitted', { state: row.state });
  }
  const planned = planMove('resubmit', row, fresh);
  return planned.ok
    ? ok({ planned: planned.value, accountId: fresh.accountId, reason: null, note: null })
    : planned;
}
