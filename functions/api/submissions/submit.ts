import { z } from 'zod';
import { blocking } from '#domain/finding.ts';
import { parseGistAddress } from '#domain/gist-address.ts';
import { gistMetadata } from '#domain/gist-metadata.ts';
import { gistToDescribe } from '#domain/inspected-row.ts';
import { isLicense, licenseIds } from '#domain/license.ts';
import { ok, refuse, refuseSecrets } from '#domain/result.ts';
import { findSubmission } from '#sql/queries/moves.ts';
import { endpoint } from '../../http/endpoint.ts';
import { gistUrl } from './gist-url.ts';
import { inspectRead, previewPage, readOffered } from './offered-gist.ts';
import { mayOffer, recordOffer } from './record-offer.ts';

const input = z.object({
  gist_url: gistUrl,
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
  cost: 2,
  input,
  form: { done: '/mine', refused: previewPage, notice: () => 'submitted' },
  async answer({ input: wanted, member, runtime }) {
    const address = parseGistAddress(wanted.gist_url, runtime.gistHosts);
    if (!address) return refuse('invalid_gist_url');
    if (!isLicense(wanted.license)) return refuse('license_required');
    if (wanted.attested !== true && wanted.attested !== 'on' && wanted.attested !== 'true') {
      return refuse('attestation_required');
    }

    const read = await readOffered(runtime, member, address.gistId);
    if (!read.ok) return read;
    const { gist } = read.value;
    if (wanted.revision && wanted.revision !== gist.revision) {
      return refuse('revision_changed', { revision: gist.revision });
    }
    // Before the files are read, which takes longest.
    const standing = mayOffer(await findSubmission(runtime.database, gist.id), gist, member);
    if (!standing.ok) return standing;

    const inspected = await inspectRead(runtime, read.value);
    if (!inspected.ok) return inspected;
    const inspection = inspected.value;
    const secrets = blocking(inspection.findings);
    if (secrets.length > 0) return refuseSecrets({ gistId: gist.id, revision: gist.revision }, secrets);

    const offer = {
      ...gistMetadata(gistToDescribe(gist, inspection), member.login, new Date()),
      gistId: gist.id,
      accountId: member.accountId,
      ownerId: member.githubId,
      license: wanted.license,
    };
    const taken = await recordOffer(runtime.database, offer, inspection);
    if (!taken.ok) return taken;
    const { gistId, revision, state } = taken.value;
    return ok({ status: 201, body: { gist_id: gistId, revision, state } });
  },
});
