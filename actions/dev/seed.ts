import { z } from 'zod';
import { licenseIds } from '#domain/license.ts';
import { signInAs } from './visitor.ts';

const gistList = z.array(z.object({ id: z.string(), owner: z.object({ login: z.string() }) }));
const submitted = z.object({ gist_id: z.string(), revision: z.string() });

/**
 * Submits the example gists and approves all but the newest of each account, over the site's own API: what an empty
 * index would be after a first day. Returns how many were submitted and approved.
 */
export async function seedExamples(
  siteUrl: string,
  standin: { origin: string; logins: readonly string[] },
): Promise<{ submitted: number; approved: number }> {
  const moderator = await signInAs('moderator', siteUrl);
  const counts = { submitted: 0, approved: 0 };
  for (const [i, login] of standin.logins.entries()) {
    const contributor = await signInAs(login, siteUrl);
    const gists = gistList.parse(await (await fetch(`${standin.origin}/users/${login}/gists`)).json());
    for (const [j, gist] of gists.entries()) {
      const answer = await contributor.post('/api/submissions', {
        gist_url: gist.id,
        license: licenseIds[(i + j) % licenseIds.length],
        attested: true,
      });
      // An example that the rules refuse, such as a fork, is there to be refused.
      if (answer.status !== 201) continue;
      counts.submitted += 1;
      if (j === 0 && gists.length > 1) continue;
      const { gist_id, revision } = submitted.parse(await answer.json());
      const decided = await moderator.post(`/api/moderation/${gist_id}`, { decision: 'approve', revision });
      if (decided.status === 200) counts.approved += 1;
    }
  }
  return counts;
}
