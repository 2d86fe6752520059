import { quarantineHours } from '#domain/moderation.ts';
import { type PlannedMove, planMove, type Submission } from '#domain/move.ts';
import { ok, type Result } from '#domain/result.ts';
import type { Db } from '../db.ts';
import { type InspectionRecord, inspectionJson, writeInspection } from './inspection-row.ts';
import { changedColumns, changedValues, submissionColumns, submissionRow } from './submission-row.ts';

export interface MoveRecord {
  planned: PlannedMove;
  /** Who moves it; null for a job. */
  accountId: string | null;
  reason: string | null;
  /** What goes with the move for the contributor or the moderators to read. */
  note: string | null;
  /** What was found in the gist at the revision it moves to, where it was inspected for this move. */
  inspection?: InspectionRecord | null;
}

/** One submission, or null. Nobody else moves it before the transaction ends. */
export async function lockSubmission(tx: Db, gistId: string): Promise<Submission | null> {
  const { rows } = await tx.query(
    `select ${submissionColumns} from submission where gist_id = $1 for update`,
    [gistId],
  );
  return rows[0] === undefined ? null : submissionRow.parse(rows[0]);
}

/** One submission, or null. */
export async function findSubmission(db: Db, gistId: string): Promise<Submission | null> {
  const { rows } = await db.query(`select ${submissionColumns} from submission where gist_id = $1`, [gistId]);
  return rows[0] === undefined ? null : submissionRow.parse(rows[0]);
}

const insertColumns = ['gist_id', 'record_id', ...changedColumns];
const insertPlaces = insertColumns.map((_, i) => `$${i + 1}`).join(', ');

/**
 * Writes a gist's first submission, its inspection and its log row. False when the gist has a row already: nothing is
 * changed then.
 */
export async function insertSubmission(
  db: Db,
  row: Submission,
  inspection: InspectionRecord,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `with numbered as (
       update log_head set seq = seq + 1 where not exists (select from submission where gist_id = $1) returning seq
     ), inserted as (
       insert into submission (${insertColumns.join(', ')}, last_seq) select ${insertPlaces}, seq from numbered
       on conflict (gist_id) do nothing
       returning gist_id, account_id, state, revision, last_seq
     ), inspected as (
       ${writeInspection('inserted', `$${insertColumns.length + 1}`)}
     )
     insert into moderation_log (seq, gist_id, account_id, move, to_state, revision)
     select last_seq, gist_id, account_id, 'submit', state, revision from inserted`,
    [row.gistId, row.recordId, ...changedValues(row), inspectionJson(inspection)],
  );
  return rowCount === 1;
}

const assignments = changedColumns.map((column, i) => `${column} = $${i + 10}`).join(', ');
const notePlace = `$${changedColumns.length + 10}`;
const inspectionPlace = `$${changedColumns.length + 11}`;
const ownerPlace = `$${changedColumns.length + 12}`;
const statePlace = `$${changedColumns.indexOf('state') + 10}`;
const waiting = "('pending', 'changed', 'quarantined')";

/**
 * Writes a move, its log row, its note and its inspection in one statement, if the row still stands exactly where the move was
 * planned from. Null when it does not: nothing is changed then.
 */
async function recordMove(db: Db, record: MoveRecord): Promise<{ seq: number } | null> {
  const { before, after, kind, move } = record.planned;
  const { rows } = await db.query<{ seq: string }>(
    `with standing as (
       select gist_id from submission
        where gist_id = $1 and state = $2 and revision = $3 and last_seq = $4
          and owner_id is not distinct from ${ownerPlace}::bigint
          for update
     ), numbered as (
       update log_head set seq = seq + 1 where exists (select from standing) returning seq
     ), moved as (
       update submission set ${assignments}, last_seq = numbered.seq,
              waiting_since = case when ${statePlace}::text in ${waiting} and ($2::text not in ${waiting} or $7 = 'attest') then now() else waiting_since end,
              listed_seq = case when $5::text in ('added', 'updated', 'restored') then numbered.seq else listed_seq end
         from standing, numbered where submission.gist_id = standing.gist_id
       returning submission.gist_id, submission.revision, submission.state, last_seq
     ), logged as (
       insert into moderation_log
              (seq, gist_id, account_id, move, from_state, to_state, revision, previous_revision, reason, kind)
       select last_seq, gist_id, $6, $7, $2, state, revision, $8, $9, $5 from moved
       returning seq
     ), noted as (
       insert into note (seq, text) select seq, ${notePlace} from logged where ${notePlace}::text is not null
     ), inspected as (
       ${writeInspection('moved', inspectionPlace)}
     )
     select seq from logged`,
    [
      before.gistId,
      before.state,
      before.revision,
      before.lastSeq,
      kind,
      record.accountId,
      move,
      before.presence === 'never' ? null : before.approvedRevision,
      record.reason,
      ...changedValues(after),
      record.note,
      record.inspection ? inspectionJson(record.inspection) : null,
      before.ownerId,
    ],
  );
  return rows[0] === undefined ? null : { seq: Number(rows[0].seq) };
}

/**
 * Moves a submission by a plan made from the row as it stands; when the row moved meanwhile, plans again from the new
 * one, so that of two movers one moves and the other is refused by the rules. Returns what was refused, or the move.
 */
export async function moveSubmission(
  db: Db,
  gistId: string,
  plan: (row: Submission | null) => Result<MoveRecord> | Promise<Result<MoveRecord>>,
): Promise<Result<Submission>> {
  for (;;) {
    const planned = await plan(await findSubmission(db, gistId));
    if (!planned.ok) return planned;
    if (await recordMove(db, planned.value)) return ok(planned.value.planned.after);
  }
}

/** Ends every quarantine nobody decided within its term; each row goes back where it was. Returns their gist ids. */
export async function lapseQuarantines(db: Db): Promise<string[]> {
  const { rows } = await db.query<{ gistId: string }>(
    `select gist_id as "gistId" from submission
      where state = 'quarantined' and quarantined_at < now() - make_interval(hours => $1)
      order by quarantined_at, gist_id`,
    [quarantineHours],
  );
  const lapsed: string[] = [];
  for (const { gistId } of rows) {
    const row = await findSubmission(db, gistId);
    const planned = row && planMove('lapse', row);
    if (!planned?.ok) continue;
    const record = { planned: planned.value, accountId: null, reason: null, note: null };
    if (await recordMove(db, record)) lapsed.push(gistId);
  }
  return lapsed;
}
