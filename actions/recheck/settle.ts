import { isMassLoss, isOutage } from '#domain/recheck.ts';
import type { Availability } from '#domain/submission.ts';
import type { Db } from '#sql/db.ts';
import { holdingLosses, markChecked, readOwnersLost } from '#sql/queries/due-rechecks.ts';
import { JobFailure } from '../failure.ts';
import { lookAtCanary } from './canary.ts';
import type { Loss } from './found.ts';
import { moveAsSeen } from './keep.ts';
import type { Looking } from './look.ts';
import type { Outcome } from './tools.ts';

/** The shards of one recheck are done within this time, in milliseconds. */
const shardsTake = 2 * 3_600_000;
/** To apply one's losses takes no longer than this, in milliseconds; a vanished machine may keep the lock. */
const longestDecision = 10 * 60_000;

/** The verdict on a run's losses: they are applied, or none of them is, and the outcome says why. */
export async function settle(ended: Outcome['ended'], looking: Looking): Promise<Outcome['ended']> {
  const { input, found } = looking;
  const { counts, losses, lostOwners, owners } = found;
  if (losses.length === 0) return ended;
  counts.held += losses.length;
  if (ended.kind !== 'done' && ended.kind !== 'limited') return ended;
  // A limit may come before GitHub has failed for long enough to say so.
  if (isOutage(counts.failed, counts.checked)) return ended;
  if (!input.force && isMassLoss(lostOwners.size, owners.size)) {
    return { kind: 'refused', lostOwners: lostOwners.size, checkedOwners: owners.size };
  }
  return (await lookAgainAtCanary(looking)) ?? (await decideAlone(ended, looking));
}

function lookAgainAtCanary({ input, tools, patiently }: Looking): ReturnType<typeof lookAtCanary> {
  const ask = () => lookAtCanary(input.canaryGistId, tools, patiently);
  return tools.github.options.budget?.fromReserve(ask) ?? ask();
}

/** Decides once no other recheck does, so that shards which are done at the same moment know of each other. */
async function decideAlone(ended: Outcome['ended'], looking: Looking): Promise<Outcome['ended']> {
  const { db, now, signal, sleep } = looking.tools;
  const until = now().getTime() + longestDecision;
  for (;;) {
    const decided = await holdingLosses(db, (held) => decide(held, ended, looking));
    if (decided !== null) return decided;
    signal.throwIfAborted();
    if (now().getTime() > until) {
      throw new JobFailure(
        'Another recheck decides about its losses and does not end. Run this again later.',
      );
    }
    await sleep(500);
  }
}

async function decide(held: Db, ended: Outcome['ended'], looking: Looking): Promise<Outcome['ended']> {
  const { input, tools, found } = looking;
  if (!input.force) {
    const together = await amongShards(held, looking);
    if (isMassLoss(together.lostOwners, together.checkedOwners)) return { kind: 'refused', ...together };
  }
  found.counts.held -= found.losses.length;
  for (const loss of found.losses) {
    tools.signal.throwIfAborted();
    await apply(held, loss, looking);
  }
  return ended;
}

/** What other shards have lost lately counts, too: together they judge as one run would. */
async function amongShards(db: Db, { input, tools, found: { lostOwners } }: Looking) {
  if (input.shard.of === 1) return { lostOwners: 0, checkedOwners: 0 };
  const since = new Date(tools.now().getTime() - shardsTake);
  const { owners, lost } = await readOwnersLost(db, since);
  return { lostOwners: new Set([...lost, ...lostOwners]).size, checkedOwners: owners };
}

const words: Record<Exclude<Availability, 'available'>, string> = {
  missing: 'is not there',
  secret: 'is secret',
  owner_changed: 'belongs to another account',
  gone: 'stayed away',
};

async function apply(
  db: Db,
  { row, move, availability }: Loss,
  { input, tools, found }: Looking,
): Promise<void> {
  const at = tools.now();
  if (!input.dryRun) {
    const changes = move === 'lose' ? { availability, lostAt: at } : { availability };
    if (!(await moveAsSeen(db, row, move, changes))) return;
    await markChecked(db, [row.gistId], at);
  }
  found.counts[move === 'lose' ? 'suspended' : 'gone'] += 1;
  const result = move === 'lose' ? 'suspended' : 'taken out for good';
  tools.log(`Gist ${row.gistId} ${words[availability]}: it ${input.dryRun ? 'would be' : 'is'} ${result}.`);
}
