import { isOutage } from '#domain/recheck.ts';
import { maxNodes } from '#github/gist-nodes.ts';
import {
  countDueOwners,
  countDueRechecks,
  type DueRecheck,
  listDueRechecks,
} from '#sql/queries/due-rechecks.ts';
import { lapseQuarantines } from '#sql/queries/moves.ts';
import { finishRecheck, startRecheck } from '#sql/queries/rechecks.ts';
import { run as reinspect } from '../reinspect/run.ts';
import { lookAtCanary } from './canary.ts';
import { nothingFound } from './found.ts';
import { type Looking, lookAt } from './look.ts';
import { patientlyFor } from './patience.ts';
import { settle } from './settle.ts';
import { type Input, type Outcome, outcomeOf, type Tools } from './tools.ts';

/**
 * Finds out what became of the gists in the index, those looked at longest ago first. Each row is one statement, so this
 * may be killed anywhere and run again; what GitHub does not say changes nothing. Losses are kept until all else is
 * done, and applied if they can be true.
 */
export async function run(input: Input, tools: Tools): Promise<Outcome> {
  const { db } = tools;
  const startedAt = tools.now();
  // A run of a few is no recheck of the index, which its history tells of.
  const isWhole = !input.dryRun && input.limit === null;
  const id = isWhole ? await startRecheck(db, input.shard, startedAt) : null;
  // One shard does for all what is not a matter of one gist.
  const first = input.shard.index === 1;
  const lapsed = first && !input.dryRun ? (await lapseQuarantines(db)).length : 0;
  const due = Math.min(
    await countDueRechecks(db, startedAt, input.shard),
    input.limit ?? Number.POSITIVE_INFINITY,
  );
  const found = nothingFound();
  const dueOwners = await countDueOwners(db, startedAt, input.shard);
  const looking = { input, tools, found, dueOwners, patiently: patientlyFor(input.patience, tools) };

  const trouble = await lookAtCanary(input.canaryGistId, tools, looking.patiently);
  let ended = trouble ?? (await settle(await lookAtAll(startedAt, due, looking), looking));
  let reinspected: Outcome['reinspected'] = null;
  if (ended.kind === 'done' && first) {
    tools.progress('looking into what newer rules have not seen');
    const left = input.limit === null ? null : input.limit - due;
    const again = await reinspect({ limit: left, dryRun: input.dryRun }, tools);
    reinspected = again.counts;
    if (again.kind === 'limited') ended = { kind: 'limited', retryAfter: again.retryAfter ?? 60 };
    if (again.kind === 'down') ended = { kind: 'down', why: 'files could not be read' };
  }
  found.counts.apiCalls = tools.github.options.budget?.calls ?? 0;
  if (id !== null) {
    await finishRecheck(db, id, { finishedAt: tools.now(), outcome: outcomeOf(ended), counts: found.counts });
  }
  return { ended, due, counts: found.counts, lapsed, reinspected };
}

async function lookAtAll(startedAt: Date, due: number, looking: Looking): Promise<Outcome['ended']> {
  const { input, tools, found } = looking;
  const { counts } = found;
  let after: DueRecheck | null = null;
  for (let done = 0; done < due; ) {
    tools.signal.throwIfAborted();
    tools.tally?.(done, due, budgetText(tools));
    const limit = Math.min(maxNodes, due - done);
    const rows: DueRecheck[] = await listDueRechecks(tools.db, startedAt, input.shard, { after, limit });
    if (rows.length === 0) break;
    const trouble = await lookAt(rows, looking);
    if (trouble) return trouble;
    done += rows.length;
    after = rows.at(-1) ?? null;
  }
  const outage = isOutage(counts.failed, counts.checked);
  return outage ? { kind: 'down', why: `${counts.failed} gists were not read` } : { kind: 'done' };
}

function budgetText({ github }: Tools): string {
  const left = Object.entries(github.options.budget?.left() ?? {});
  const words = left.map(([resource, requests]) => `${requests} ${resource === 'core' ? 'REST' : 'GraphQL'}`);
  return words.length === 0 ? '' : `${words.join(' and ')} requests left`;
}
