import { z } from 'zod';
import type { Member } from '#domain/account-session.ts';
import type { Submission } from '#domain/move.ts';
import { describeRefusal } from '#domain/refusal.ts';
import { ok, type Refusal, type Result, refuse } from '#domain/result.ts';
import { logSurprise } from '#runtime/log.ts';
import type { Runtime } from '#runtime/runtime.ts';
import { isDatabaseUnavailable } from '#sql/unavailable.ts';
import { endpoint } from '../../http/endpoint.ts';
import { movedView } from '../submissions/own.ts';
import { bulkInput, type ChosenRow } from './bulk-input.ts';
import { takeDecision } from './take-decision.ts';

const results = z.object({ results: z.array(z.object({ ok: z.boolean(), detail: z.string().optional() })) });

/**
 * POST /api/moderation/bulk {rows: [{gist_id, revision}]}, or a form's fields `row` of `gist_id:revision`: approves up to
 * 50 submissions one after another, as POST /api/moderation/{gist_id} would each, and tells what became of each.
 */
export const bulk = endpoint({
  method: 'POST',
  who: 'moderator',
  input: bulkInput,
  form: { done: '/moderation', refused: '/moderation', notice: (_, { body }) => told(results.parse(body)) },
  async answer({ request, input: rows, member, runtime }) {
    const outcomes: Record<string, unknown>[] = [];
    let outage: Refusal | null = null;
    for (const row of rows) {
      const decided: Result<Submission> = outage ?? (await approve(runtime, member, row, request));
      if (!decided.ok && outages.has(decided.code)) outage = decided;
      outcomes.push(decided.ok ? { ...movedView(decided.value), ok: true } : refusedView(row, decided));
    }
    return ok({ status: 200, body: { results: outcomes } });
  },
});

/** Who does not answer now will not answer for the next row either, and each would wait for it. */
const outages: ReadonlySet<string> = new Set([
  'github_unavailable',
  'github_rate_limited',
  'database_unavailable',
]);

async function approve(
  runtime: Runtime,
  member: Member,
  { gist_id, revision }: ChosenRow,
  request: Request,
): Promise<Result<Submission>> {
  try {
    return await takeDecision(runtime, member, gist_id, { decision: 'approve', revision, note: '' });
  } catch (error) {
    // What was approved before it stands, and is told.
    logSurprise(runtime.log, error, request);
    return refuse(isDatabaseUnavailable(error) ? 'database_unavailable' : 'internal_error');
  }
}

function refusedView(row: ChosenRow, { code, details }: Refusal): Record<string, unknown> {
  return { gist_id: row.gist_id, ok: false, code, detail: describeRefusal(code, details).sentence };
}

function told({ results: outcomes }: z.infer<typeof results>) {
  const refused = outcomes.filter((outcome) => !outcome.ok);
  const [first] = refused;
  const approved = outcomes.length - refused.length;
  const counts = { approved, refused: refused.length };
  return {
    code: 'bulk',
    details: first?.detail === undefined ? counts : { ...counts, why: first.detail },
  } as const;
}
