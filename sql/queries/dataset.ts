import { publicReason } from '#domain/moderation.ts';
import type { DatasetChange } from '#domain/snapshot.ts';
import type { ChangeKind } from '#domain/submission.ts';
import type { Db } from '../db.ts';

/** Rows fetched at a time: what a reader of the dataset holds in memory, whatever the size of the index. */
const batchSize = 1000;

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

/** Has the dataset changed since this log number? */
export async function hasChangesAfter(tx: Db, logSeq: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    'select from moderation_log where kind is not null and seq > $1 limit 1',
    [logSeq],
  );
  return rowCount > 0;
}

/**
 * Each field of the dataset's row, in the dataset's order, and where it comes from. What only an inspection knows is null
 * where a row of earlier times has none. PostgreSQL's bigint would come as text, so counts come as the numbers they are.
 */
const listedRows = `
  select gist_id, gist_url, owner_id::text as gist_owner_id, owner_login as gist_owner_login,
         approved_revision as gist_version, ${iso('gist_updated_at')} as gist_updated_at,
         ${iso('submitted_at')} as submitted_at, ${iso('approved_at')} as approved_at,
         'github_gist' as source, license, record_id, listed_seq::float8 as seq, title,
         topic, coalesce(tags, '{}') as tags, files, total_bytes::float8 as total_bytes,
         agent, agent_version, format, session_ids, models, started_at, ended_at,
         user_messages::float8 as user_messages, assistant_messages::float8 as assistant_messages,
         tool_calls::float8 as tool_calls, tool_names, input_tokens::float8 as input_tokens,
         output_tokens::float8 as output_tokens, languages,
         'contributor' as license_declared_by, attestation_version, scanner_version, scan,
         first_prompt_present, tool_calls_paired, truncated, has_thinking,
         has_subagents, redactions::float8 as redactions, content_key
    from submission
    left join inspection using (gist_id, revision)
   where presence = 'listed'
   order by submission.approved_at desc, submission.gist_id`;

/**
 * The listed rows, in batches, newest approval first and then by gist id: an order that only an approval changes, that
 * the index `submission_listed` serves without sorting, and that puts what is new on the first pages.
 * Needs a transaction. Rows are as the database has them; `datasetRow` says whether they may be published.
 */
export function readListedRows(tx: Db): AsyncGenerator<Record<string, unknown>[]> {
  return readInBatches(tx, 'listed_rows', listedRows);
}

/** The log's lines of these kinds after a number, in batches, in log order, as they may be published. */
export async function* readChanges(
  tx: Db,
  name: string,
  after: number,
  kinds: readonly ChangeKind[],
): AsyncGenerator<DatasetChange[]> {
  const batches = readInBatches<DatasetChange>(
    tx,
    name,
    `select log.seq::float8 as seq, log.kind, submission.record_id, log.gist_id,
            case when log.kind in ('added', 'updated', 'restored') then log.revision
                 else coalesce(log.previous_revision, log.revision) end as gist_version,
            log.previous_revision as previous_gist_version, log.reason, ${iso('log.at')} as at
       from moderation_log as log join submission using (gist_id)
      where log.kind is not null and log.kind = any ($2::text[]) and log.seq > $1
      order by log.seq`,
    [after, kinds],
  );
  for await (const batch of batches) {
    yield batch.map((change) => ({ ...change, reason: publicReason(change.reason) }));
  }
}

/** Reads through a server-side cursor, which the end of the transaction closes. */
async function* readInBatches<Row = Record<string, unknown>>(
  tx: Db,
  cursor: string,
  select: string,
  values: readonly unknown[] = [],
): AsyncGenerator<Row[]> {
  await tx.query(`declare ${cursor} no scroll cursor for ${select}`, values);
  for (;;) {
    const { rows } = await tx.query<Row>(`fetch ${batchSize} from ${cursor}`);
    if (rows.length > 0) yield rows;
    if (rows.length < batchSize) return;
  }
}
