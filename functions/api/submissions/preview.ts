import { z } from 'zod';
import { parseGistAddress } from '#domain/gist-address.ts';
import { gistMetadata } from '#domain/gist-metadata.ts';
import { gistToDescribe } from '#domain/inspected-row.ts';
import { isUnattested } from '#domain/move.ts';
import { ok, refuse } from '#domain/result.ts';
import { findSubmission } from '#sql/queries/moves.ts';
import { endpoint } from '../../http/endpoint.ts';
import { gistUrl } from './gist-url.ts';
import { inspectRead, previewPage, readOffered } from './offered-gist.ts';
import { previewView } from './preview-view.ts';
import { mayOffer } from './record-offer.ts';

/** POST /api/submissions/preview {gist_url}: what a submission of it would publish, and what stands against it. */
export const preview = endpoint({
  method: 'POST',
  who: 'member',
  cost: 2,
  input: z.object({ gist_url: gistUrl }),
  form: { done: previewPage, refused: '/submit' },
  async answer({ input, member, runtime }) {
    const address = parseGistAddress(input.gist_url, runtime.gistHosts);
    if (!address) return refuse('invalid_gist_url');
    const read = await readOffered(runtime, member, address.gistId);
    if (!read.ok) return read;
    const inspected = await inspectRead(runtime, read.value);
    if (!inspected.ok) return inspected;
    const { gist } = read.value;
    const inspection = inspected.value;
    const metadata = gistMetadata(gistToDescribe(gist, inspection), member.login, new Date());
    const row = await findSubmission(runtime.database, gist.id);
    const may = mayOffer(row, gist, member);
    const body = previewView({
      gist,
      ownerId: member.githubId,
      metadata,
      inspection,
      state: row && !isUnattested(row) ? row.state : null,
      refusal: may.ok ? null : may,
    });
    return ok({ status: 200, body });
  },
});
