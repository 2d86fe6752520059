import { z } from 'zod';
import { licenseIds } from '#domain/license.ts';
import type { RefusalCode } from '#domain/refusal.ts';
import { signInAs } from './visitor.ts';

const gistList = z.array(z.object({ id: z.string(), files: z.record(z.string(), z.unknown()) }));
const shown = z.object({ revision: z.string() });
const problem = z.object({ code: z.string() });

/**
 * Submits the example gists and decides all but the newest of each account, over the site's own API: what an empty
 * index would be after a first day. The plain text among them is no session, and rejected. What was done before is
 * left as it is. Returns how many were submitted and approved now. Throws on an answer the examples do not call for.
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
    for (const [j, { id, files }] of gists.entries()) {
      const license = licenseIds[(i + j) % licenseIds.length];
      const offer = { gist_url: id, license, attested: true };
      const answer = await contributor.post('/api/submissions', offer);
      // One of the examples is a fork, there to be refused.
      const refused = await refusalOf(answer, 201, ['already_submitted', 'gist_fork']);
      if (refused === 'gist_fork') continue;
      if (refused === null) counts.submitted += 1;
      if (j === 0 && gists.length > 1) continue;
      const { revision } = shown.parse(await (await moderator.get(`/api/moderation/${id}`)).json());
      const isSession = !Object.keys(files).every((name) => name.endsWith('.txt'));
      const decision = isSession ? { decision: 'approve' } : { decision: 'reject', reason: 'not_a_session' };
      const decided = await moderator.post(`/api/moderation/${id}`, { ...decision, revision });
      if ((await refusalOf(decided, 200, ['invalid_state'])) === null && isSession) counts.approved += 1;
    }
  }
  return counts;
}

/** Null for an answer with the wanted status, else the code of one of the foreseen refusals. */
async function refusalOf(
  answer: Response,
  wanted: number,
  foreseen: readonly RefusalCode[],
): Promise<RefusalCode | null> {
  if (answer.status === wanted) return null;
  const text = await answer.text();
  const { code } = problem.parse(JSON.parse(text));
  const refusal = foreseen.find((each) => each === code);
  if (refusal === undefined) throw new Error(`seeding the examples was answered ${answer.status}: ${text}`);
  return refusal;
}
