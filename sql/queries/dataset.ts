import { type DatasetRow, datasetFields } from '#domain/dataset-row.ts';
import { publicReason, reasonIds } from '#domain/moderation.ts';
import { type DatasetChange, datasetChange } from '#domain/snapshot.ts';
import { type ChangeKind, changeKinds } from '#domain/submission.ts';
import type { Db, Transaction } from '../db.ts';

/** What a snapshot taken now would hold. */
export interface DatasetHead {
  /** The last log number given out. */
  logSeq: number;
  recordCount: number;
  /** When the listed row checked longest ago was checked; null when nothing is listed. ISO 8601, as all times here. */
  verifiedFrom: string | null;
  verifiedTo: string | null;
}

/** Time as the dataset has it: UTC, milliseconds, `Z`. */
const iso = (time: string) => `to_char(${time} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export async function readDatasetHead(tx: Db): Promise<DatasetHead> {
  const { rows } = await tx.query<Record<'logSeq' | 'recordCount', string> & DatasetHead>(
    `select (select seq from log_head) as "logSeq", count(*) as "recordCount",
            ${iso('min(verified_at)')} as "verifiedFrom", ${iso('max(verified_at)')} as "verifiedTo"
       from submission where presence = 'listed'`,
  );
  const [head] = rows;
  if (head === undefined) throw new Error('An aggregate query gave no row.');
  return { ...head, logSeq: Number(head.logSeq), recordCount: Number(head.recordCount) };
}

/** The listed rows by what they have in a column, most first; null is unknown. */
export async function countListedBy(
  tx: Db,
  column: 'agent' | 'license',
): Promise<{ value: string | null; rows: number }[]> {
  const { rows } = await tx.query<{ value: string | null; rows: number }>(
    `select ${column} as value, count(*)::float8 as rows
       from submission left join inspection using (gist_id, revision)
      where presence = 'listed'
      group by ${column} order by rows desc, ${column}`,
  );
  return rows;
}

/** Has the dataset changed since this log number? */
export async function hasChangesAfter(tx: Db, logSeq: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    'select from moderation_log where kind is not null and seq > $1 limit 1',
    [logSeq],
  );
  return rowCount > 0;
}

/**
 * Each field of the dataset's row, and where it comes from. What only an inspection knows is null where a row of earlier
 * times has none.
 */
const rowColumns: Readonly<Record<keyof DatasetRow, string>> = {
  gist_id: 'listed.gist_id',
  gist_url: 'gist_url',
  gist_owner_id: 'owner_id',
  gist_owner_login: 'owner_login',
  gist_version: 'approved_revision',
  gist_updated_at: 'gist_updated_at',
  submitted_at: 'submitted_at',
  approved_at: 'listed.approved_at',
  source: "'github_gist'",
  license: 'license',
  record_id: 'record_id',
  seq: 'listed_seq',
  title: 'title',
  topic: 'topic',
  tags: "coalesce(tags, '{}')",
  files: 'files',
  total_bytes: 'total_bytes',
  agent: 'agent',
  agent_version: 'agent_version',
  format: 'format',
  session_ids: 'session_ids',
  models: 'models',
  started_at: 'started_at',
  ended_at: 'ended_at',
  user_messages: 'user_messages',
  assistant_messages: 'assistant_messages',
  tool_calls: 'tool_calls',
  tool_names: 'tool_names',
  input_tokens: 'input_tokens',
  output_tokens: 'output_tokens',
  languages: 'languages',
  license_declared_by: "'contributor'",
  attestation_version: 'attestation_version',
  scanner_version: 'scanner_version',
  scan: 'scan',
  first_prompt_present: 'first_prompt_present',
  tool_calls_paired: 'tool_calls_paired',
  truncated: 'truncated',
  has_thinking: 'has_thinking',
  has_subagents: 'has_subagents',
  redactions: 'redactions',
  content_key: 'content_key',
};

/**
 * The places of the rows are sorted, and the rows then fetched from there one by one: sorting whole rows, or looking each
 * up by its key, takes half as long again. `offset 0` keeps the planner from turning that around.
 */
const listedRows = `
  select ${datasetFields.map((field) => rowColumns[field]).join(', ')}
    from (
      select submission.ctid as listed_at, inspection.ctid as inspected_at, approved_at, gist_id
        from submission left join inspection using (gist_id, revision)
       where presence = 'listed'
       order by approved_at desc, gist_id
      offset 0
    ) as place
    cross join lateral (select * from submission where ctid = listed_at offset 0) as listed
    left join lateral (select * from inspection where ctid = place.inspected_at offset 0) as inspected on true
   order by place.approved_at desc, place.gist_id`;

/**
 * The listed rows as COPY writes them, `datasetFields` in their order: newest approval first and then by gist id, an order
 * that only an approval changes and that puts what is new on the first pages. They are as the database has them;
 * `datasetRow` says whether they may be published.
 */
export async function* copyListedRows(tx: Transaction): AsyncGenerator<Buffer> {
  await tx.query("set local work_mem = '64MB'");
  yield* tx.copy(listedRows);
}

/** The log's lines of these kinds after a number and up to another, by kind. */
export async function countChanges(
  tx: Db,
  after: number,
  kinds: readonly ChangeKind[],
  until = Number.MAX_SAFE_INTEGER,
): Promise<Partial<Record<ChangeKind, number>>> {
  const { rows } = await tx.query<{ kind: ChangeKind; lines: number }>(
    `select kind, count(*)::float8 as lines from moderation_log
      where kind = any ($2::text[]) and seq > $1 and seq <= $3 group by kind`,
    [after, kinds, until],
  );
  const lines = new Map(rows.map(({ kind, lines }) => [kind, lines]));
  return Object.fromEntries(
    changeKinds.flatMap((kind) => (lines.has(kind) ? [[kind, lines.get(kind)]] : [])),
  );
}

/** What the public reads for each reason. */
const publicReasons = reasonIds.map((reason) => `when '${reason}' then '${publicReason(reason)}'`).join(' ');

const changeColumns: Readonly<Record<keyof DatasetChange, string>> = {
  seq: 'log.seq',
  kind: 'log.kind',
  record_id: 'submission.record_id',
  gist_id: 'log.gist_id',
  gist_version: `case when log.kind in ('added', 'updated', 'restored') then log.revision
                      else coalesce(log.previous_revision, log.revision) end`,
  previous_gist_version: 'log.previous_revision',
  reason: `case log.reason ${publicReasons} else log.reason end`,
  at: 'log.at',
};

/**
 * The log's lines of these kinds after a number, in log order, as COPY writes them: the fields of `datasetChange` in their
 * order, as they may be published.
 */
export function copyChanges(
  tx: Transaction,
  after: number,
  kinds: readonly ChangeKind[],
): AsyncIterable<Buffer> {
  // COPY takes no parameters; a number and words of ours can do no harm.
  const wanted = kinds.map((kind) => `'${kind}'`).join(', ');
  const columns = Object.keys(datasetChange.shape) as (keyof DatasetChange)[];
  return tx.copy(
    `select ${columns.map((column) => changeColumns[column]).join(', ')}
       from moderation_log as log join submission using (gist_id)
      where log.kind is not null and log.kind in (${wanted}) and log.seq > ${Number(after)}
      order by log.seq`,
  );
}
