import type { Flag, InspectionFlag } from '#domain/flag.ts';
import type { Submission } from '#domain/move.ts';
import { type Sort, undecided, type Waiting } from '#domain/queue.ts';
import type { Db } from '../db.ts';
import { lookedAt, sameSession } from './duplicates.ts';
import { escalated } from './escalations.ts';
import { submissionColumns, submissionRow } from './submission-row.ts';

/** Which part of the queue is asked for; null leaves nothing out of what waits for a moderator. */
export interface QueueFilter {
  waiting: Waiting | null;
  /** `none`: where no one agent is known, because nothing was recognised, or several were, or nobody looked. */
  agent: string | null;
  flag: Flag | null;
  /** GitHub id of who asks, whose own gists the flag `own` means. */
  ownerId: string;
}

/** A place in the queue: the last row already seen, by what the queue is sorted by. */
export interface QueuePlace {
  key: Date | number;
  gistId: string;
}

const open = 'exists (select from report where report.gist_id = s.gist_id and closed_at is null)';

/** The rows that wait, by what they wait for; `waitingAs` says the same. Each part can be read in order from an index. */
const parts: Readonly<Record<Waiting, readonly string[]>> = {
  new: [
    `s.state = 'pending' and s.license is not null and s.appealed_revision is distinct from s.revision and not ${open}`,
  ],
  appealed: [
    `s.state = 'pending' and s.license is not null and s.appealed_revision = s.revision and not ${open}`,
    "s.objection = 'open'",
  ],
  changed: [`s.state = 'changed' and not ${open}`],
  reported: [
    "s.state = 'quarantined'",
    `s.state in ('pending', 'changed', 'approved')
     and s.gist_id in (select gist_id from report where closed_at is null)`,
  ],
  unattested: [`s.state = 'pending' and s.license is null and not ${open}`],
};

const orders = {
  oldest: { column: 'submitted_at', type: 'timestamptz', direction: 'asc', behind: '>' },
  newest: { column: 'submitted_at', type: 'timestamptz', direction: 'desc', behind: '<' },
  largest: { column: 'total_bytes', type: 'bigint', direction: 'desc', behind: '<' },
  smallest: { column: 'total_bytes', type: 'bigint', direction: 'asc', behind: '>' },
} as const satisfies Record<Sort, object>;

/** What the queue is sorted by, of one row. */
export function queuePlace(row: Submission, sort: Sort): QueuePlace {
  const key = orders[sort].column === 'total_bytes' ? row.totalBytes : row.submittedAt;
  return { key, gistId: row.gistId };
}

/** What waits for a moderator, in the order asked for; `after` continues behind that row. */
export async function listQueue(
  db: Db,
  filter: QueueFilter,
  page: { sort: Sort; after: QueuePlace | null; limit: number },
): Promise<Submission[]> {
  const values: unknown[] = [page.limit];
  const place = (value: unknown) => `$${values.push(value)}`;
  const { column, type, direction, behind } = orders[page.sort];
  const conditions = filterConditions(filter, place);
  if (page.after) {
    const { key, gistId } = page.after;
    conditions.push(`(s.${column}, s.gist_id) ${behind} (${place(key)}::${type}, ${place(gistId)}::text)`);
  }
  const order = `order by ${column} ${direction}, gist_id ${direction}`;
  const wanted = filter.waiting ? parts[filter.waiting] : undecided.flatMap((waiting) => parts[waiting]);
  const found = wanted.map(
    (part) => `(select s.gist_id, s.${column} from submission s
                 where ${[part, ...conditions].join(' and ')} ${order} limit $1)`,
  );
  const { rows } = await db.query(
    `select ${submissionColumns} from submission
      where gist_id in (select gist_id from (${found.join(' union all ')}) as found ${order} limit $1)
      ${order}`,
    values,
  );
  return rows.map((row) => submissionRow.parse(row));
}

/** More rows than this of a kind are not counted. */
const countedAtMost = 1000;

/** How many rows wait for what, up to 1000 each. */
export async function countQueue(db: Db): Promise<Record<Waiting, number>> {
  const counts = Object.entries(parts).map(([waiting, of]) => {
    const some = of.map(
      (part) =>
        `(select count(*) from (select from submission s where ${part} limit ${countedAtMost}) as few)`,
    );
    return `least(${countedAtMost}, ${some.join(' + ')})::int as "${waiting}"`;
  });
  const { rows } = await db.query<Record<Waiting, number>>(`select ${counts.join(', ')}`);
  if (rows[0] === undefined) throw new Error('A query without a table gave no row.');
  return rows[0];
}

type Place = (value: unknown) => string;

function filterConditions({ agent, flag, ownerId }: QueueFilter, place: Place): string[] {
  const conditions: string[] = [];
  if (agent === 'none') conditions.push(`not ${inspected('i.agent is not null')}`);
  else if (agent !== null) conditions.push(inspected(`i.agent = ${place(agent)}`));
  if (flag !== null) conditions.push(flagCondition(flag, ownerId, place));
  return conditions;
}

function flagCondition(flag: Flag, ownerId: string, place: Place): string {
  const found = (wanted: InspectionFlag) => `i.flags @> array[${place(wanted)}::text]`;
  switch (flag) {
    case 'own':
      return `s.owner_id = ${place(ownerId)}`;
    case 'suspected':
      return "s.state = 'changed' and exists (select from moderation_log l where l.seq = s.last_seq and l.move = 'suspect')";
    case 'escalated':
      return `exists (select from escalation e where ${escalated})`;
    case 'duplicate':
      // Counting, it begins at the indexes of the keys; asked whether there is one, it would read every inspection.
      return inspected(`(select count(*) from (select from ${sameSession} limit ${lookedAt}) as few) > 0`);
    case 'contradiction':
      return inspected(`(${found(flag)} or i.declared_license <> s.license)`);
    default:
      return inspected(found(flag));
  }
}

/**
 * Holds for the inspection of the revision the row stands at. The planner takes two equal columns for independent, finds
 * next to no rows and reads the whole queue for 50 of them; of a range it expects enough to go by the queue's order.
 */
const inspected = (condition: string): string =>
  `exists (select from inspection i where i.gist_id = s.gist_id
     and i.revision >= s.revision and i.revision <= s.revision and ${condition})`;
