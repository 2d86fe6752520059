import { isMassLoss } from '#domain/recheck.ts';
import type { Availability } from '#domain/submission.ts';
import { markChecked, readOwnersLost } from '#sql/queries/due-rechecks.ts';
import { lookAtCanary } from './canary.ts';
import type { Loss } from './found.ts';
import { moveAsSeen } from './keep.ts';
import type { Looking } from './look.ts';
import type { Outcome } from './tools.ts';

/** The shards of one recheck are done within this time, in milliseconds. */
const shardsTake = 2 * 3_600_000;

/** The verdict on a run's losses: they are applied, or none of them is, and the outcome says why. */
export async function settle(ended: Outcome['ended'], looking: Looking): Promise<Outcome['ended']> {
  const { input, tools, found, patiently } = looking;
  const { losses, lostOwners, owners } = found;
  if (losses.length === 0) return ended;
  found.counts.held += losses.length;
  if (ended.kind !== 'done' && ended.kind !== 'limited') return ended;
  if (!input.force) {
    if (isMassLoss(lostOwners.size, owners.size)) {
      return { kind: 'refused', lostOwners: lostOwners.size, checkedOwners: owners.size };
    }
    const together = await amongShards(looking);
    if (isMassLoss(together.lostOwners, together.checkedOwners)) return { kind: 'refused', ...together };
  }
  tools.github.options.budget?.spendReserve();
  const trouble = await lookAtCanary(input.canaryGistId, tools, patiently);
  if (trouble) return trouble;
  found.counts.held -= losses.length;
  for (const loss of losses) {
    tools.signal.throwIfAborted();
    await apply(loss, looking);
  }
  return ended;
}

/** What other shards have lost lately counts, too: together they judge as one run would. */
async function amongShards({ input, tools, found: { lostOwners } }: Looking) {
  if (input.shard.of === 1) return { lostOwners: 0, checkedOwners: 0 };
  const since = new Date(tools.now().getTime() - shardsTake);
  const { owners, lost } = await readOwnersLost(tools.db, since);
  return { lostOwners: new Set([...lost, ...lostOwners]).size, checkedOwners: owners };
}

const words: Record<Exclude<Availability, 'available'>, string> = {
  missing: 'is not there',
  secret: 'is secret',
  owner_changed: 'belongs to another account',
  gone: 'stayed away',
};

async function apply({ row, move, availability }: Loss, { input, tools, found }: Looking): Promise<void> {
  const at = tools.now();
  if (!input.dryRun) {
    const changes = move === 'lose' ? { availability, lostAt: at } : { availability };
    if (!(await moveAsSeen(tools.db, row, move, changes))) return;
    await markChecked(tools.db, [row.gistId], at);
  }
  found.counts[move === 'lose' ? 'suspended' : 'gone'] += 1;
  const result = move === 'lose' ? 'suspended' : 'taken out for good';
  tools.log(`Gist ${row.gistId} ${words[availability]}: it ${input.dryRun ? 'would be' : 'is'} ${result}.`);
}
