import { z } from 'zod';
import { ok } from '#domain/result.ts';
import type { State } from '#domain/submission.ts';
import { type ListedGist, readOwnGists } from '#github/own-gists.ts';
import { findStates } from '#sql/queries/submissions.ts';
import { endpoint } from '../../http/endpoint.ts';
import { githubRefusal } from '../github-refusal.ts';

/** File names shown of a gist. */
const namesShown = 5;

/** GET /api/submissions/gists?page=: the member's own public gists to choose from; secret ones GitHub does not list. */
export const listGists = endpoint({
  method: 'GET',
  who: 'member',
  input: z.object({
    page: z.coerce.number('it must be a number').int('it must be whole').min(1).max(1000).default(1),
  }),
  async answer({ input: { page }, member, runtime }) {
    const read = await readOwnGists(runtime.github, member, page);
    if (read.kind !== 'gists') return githubRefusal(read);
    const states = await findStates(
      runtime.database,
      read.gists.map(({ id }) => id),
    );
    const items = read.gists.map((gist) => gistView(gist, states.get(gist.id) ?? null));
    return ok({ status: 200, body: { items, next: read.more ? page + 1 : null } });
  },
});

function gistView(gist: ListedGist, submitted: State | null): Record<string, unknown> {
  return {
    gist_id: gist.id,
    url: gist.url,
    description: gist.description,
    files: gist.files.slice(0, namesShown).map(({ name }) => name),
    file_count: gist.files.length,
    total_bytes: gist.files.reduce((sum, { bytes }) => sum + bytes, 0),
    updated_at: gist.updatedAt,
    submitted,
  };
}
