import { earlierFilesForgotten, planMove } from '#domain/move.ts';
import { ok } from '#domain/result.ts';
import type { Database } from '#sql/db.ts';
import { findInspection, storeInspection } from '#sql/queries/inspections.ts';
import { findSubmission, lockSubmission, moveSubmission } from '#sql/queries/moves.ts';
import { type MadeInspection, type Plan, planFor } from './plan.ts';

/**
 * Writes an inspection, what the row shows by it and the move it calls for in one transaction, or nothing where the row
 * went elsewhere.
 */
export function keep(db: Database, made: MadeInspection): Promise<Plan['kind']> {
  const { gistId, revision, shown } = made;
  return db.transaction(async (tx) => {
    const row = await lockSubmission(tx, gistId);
    const plan = planFor(made, row, await findInspection(tx, gistId, revision));
    if (plan.kind === 'outdated') return plan.kind;
    const { kind, record } = plan;
    if (kind === 'kept') {
      await storeInspection(tx, record, shown);
      return kind;
    }
    await moveSubmission(tx, gistId, (current) => {
      if (!current) throw new Error('a locked submission is gone');
      const planned = planMove(kind, current, shown ? { ...shown, ...earlierFilesForgotten } : {});
      const reason = kind === 'suspect' ? 'secret' : null;
      return planned.ok
        ? ok({ planned: planned.value, accountId: null, reason, note: null, inspection: record })
        : planned;
    });
    return kind;
  });
}

/** What `keep` would do now. */
export async function wouldKeep(db: Database, made: MadeInspection): Promise<Plan['kind']> {
  const row = await findSubmission(db, made.gistId);
  return planFor(made, row, await findInspection(db, made.gistId, made.revision)).kind;
}
