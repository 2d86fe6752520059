import type { Submission } from '#domain/move.ts';
import type { Db } from '../db.ts';
import {
  type InspectionRecord,
  inspectionColumns,
  inspectionJson,
  inspectionRow,
  writeInspection,
} from './inspection-row.ts';
import { filesJson } from './submission-row.ts';

/** The inspection of a gist at a revision, or null. */
export async function findInspection(
  db: Db,
  gistId: string,
  revision: string,
): Promise<InspectionRecord | null> {
  const { rows } = await db.query(
    `select ${inspectionColumns} from inspection where gist_id = $1 and revision = $2`,
    [gistId, revision],
  );
  return readable(rows)[0] ?? null;
}

/** The inspections of these gists at the revisions their submissions stand at, by gist id. */
export async function listInspections(
  db: Db,
  gistIds: readonly string[],
): Promise<Map<string, InspectionRecord>> {
  const { rows } = await db.query(
    `select ${inspectionColumns} from inspection join submission using (gist_id, revision) where gist_id = any($1)`,
    [gistIds],
  );
  return new Map(readable(rows).map((record) => [record.gistId, record]));
}

/** One that was written in a shape of other times counts as none: it is made again. */
function readable(rows: readonly unknown[]): InspectionRecord[] {
  return rows.flatMap((row) => inspectionRow.safeParse(row).data ?? []);
}

/**
 * Writes an inspection, if the submission still stands at its revision, and what the row shows of the gist from now on
 * where that is something else: then the files of earlier revisions are forgotten, see `earlierFilesForgotten`. False
 * when it does not stand there.
 */
export async function storeInspection(
  db: Db,
  record: InspectionRecord,
  shown: Pick<Submission, 'title' | 'files'> | null = null,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `with standing as (
       select gist_id, revision from submission
        where gist_id = $1 and revision = $2 and owner_id is not null for update
     ), shown as (
       update submission set title = $4, files = $5, previous_revision = null, previous_files = null,
              approved_files = case when approved_revision = submission.revision then $5::json end
         from standing
        where submission.gist_id = standing.gist_id and $4::text is not null
     )
     ${writeInspection('standing', '$3')}`,
    [
      record.gistId,
      record.revision,
      inspectionJson(record),
      shown?.title ?? null,
      shown && filesJson(shown.files),
    ],
  );
  return rowCount === 1;
}

/** The rules of today. */
export interface RuleVersions {
  scannerVersion: string;
  formatsVersion: string;
}

/** A submission whose present revision was not inspected by the rules of today. */
export interface DueInspection {
  gistId: string;
  revision: string;
  /** Of the inspection there is; 1970 where there is none. */
  inspectedAt: Date;
}

const due = `
    from submission left join inspection using (gist_id, revision)
   where state in ('approved', 'pending', 'changed') and license is not null and availability = 'available'
     and (scanner_version, formats_version) is distinct from ($1::text, $2::text)`;

export async function countDueInspections(db: Db, rules: RuleVersions): Promise<number> {
  const { rows } = await db.query<{ count: string }>(`select count(*) ${due}`, [
    rules.scannerVersion,
    rules.formatsVersion,
  ]);
  return Number(rows[0]?.count ?? 0);
}

/** The next submissions to inspect again, those inspected longest ago first; `after` continues behind that one. */
export async function listDueInspections(
  db: Db,
  rules: RuleVersions,
  page: { after: DueInspection | null; limit: number },
): Promise<DueInspection[]> {
  const at = "coalesce(inspected_at, 'epoch')";
  const { rows } = await db.query<DueInspection>(
    `select gist_id as "gistId", revision, ${at} as "inspectedAt" ${due}
        and ($3::timestamptz is null or (${at}, gist_id) > ($3, $4))
      order by ${at}, gist_id
      limit $5`,
    [
      rules.scannerVersion,
      rules.formatsVersion,
      page.after?.inspectedAt ?? null,
      page.after?.gistId ?? null,
      page.limit,
    ],
  );
  return rows;
}
