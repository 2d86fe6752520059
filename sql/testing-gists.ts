import type { Database, Db } from './db.ts';
import { emptyIndex } from './testing-rows.ts';

/** A made-up gist as the index has it once it is approved; column names are the database's. */
export interface ListedGist {
  number: number;
  gist_id: string;
  node_id: string;
  owner_id: number;
  owner_login: string;
  gist_url: string;
  revision: string;
  pushed_at: string;
  files: readonly { name: string; bytes: number; git_blob_sha: string; raw_url: string }[];
}

/**
 * Puts gists into the index as approved long ago, without a history and inspected by these rules, oldest check first by
 * their number.
 */
export async function insertListed(
  db: Db,
  gists: readonly ListedGist[],
  rules: { scannerVersion: string; formatsVersion: string },
): Promise<void> {
  await db.query(
    `with gist as (
       select * from json_to_recordset($1) as gist (number bigint, gist_id text, node_id text, owner_id bigint,
         owner_login text, gist_url text, revision text, pushed_at timestamptz, files json)
     ), owner as (
       insert into account (github_id, login) select distinct owner_id, owner_login from gist
       on conflict (github_id) do update set login = excluded.login returning id, github_id
     ), inserted as (
       insert into submission (gist_id, record_id, account_id, gist_url, node_id, owner_id, owner_login, title, files,
         total_bytes, revision, approved_revision, gist_updated_at, license, attestation_version, state, presence,
         last_seq, listed_seq, submitted_at, approved_at, verified_at, pushed_at)
       select gist_id, 'github_gist:' || gist_id, owner.id, gist_url, node_id, owner_id, owner_login, 'Session ' || number,
         files, 1, revision, revision, pushed_at, 'CC-BY-4.0', '2026-11-22', 'approved', 'listed', 0, 0,
         pushed_at, pushed_at, pushed_at + number * interval '1 millisecond', pushed_at
       from gist join owner on github_id = owner_id
     )
     insert into inspection (gist_id, revision, scanner_version, formats_version, inspected_at, scan, result, tags)
     select gist_id, revision, $2, $3, pushed_at, 'clean', '{}', '{}' from gist`,
    [JSON.stringify(gists), rules.scannerVersion, rules.formatsVersion],
  );
}

/** Has the server do now what it would do by and by after many rows were written. */
export async function settleDown(db: Db): Promise<void> {
  await db.query('vacuum analyze');
}

/** Makes a new database on the same server, a copy of one that nobody is connected to. */
export async function copyDatabase(admin: Db, { name, from }: { name: string; from: string }): Promise<void> {
  await admin.query(`create database ${name} template ${from}`);
}

/** What a recheck leaves in the index: rows, and moves a gist, each as a line of text; times and log numbers aside. */
export async function recheckedContents(db: Database): Promise<string[]> {
  const { rows } = await db.query<{ line: string }>(
    `select concat_ws(' ', gist_id, owner_login, state, availability, presence, revision, approved_revision, pushed_at,
                      verified_at > pushed_at + interval '10 minutes',
                      (select string_agg(concat_ws(' ', move, from_state, to_state, log.revision, kind), ',' order by seq)
                         from moderation_log as log where log.gist_id = submission.gist_id),
                      (select string_agg(concat_ws('/', inspection.revision, scanner_version), ',' order by inspection.revision)
                         from inspection where inspection.gist_id = submission.gist_id)) as line
       from submission order by gist_id`,
  );
  return rows.map(({ line }) => line);
}

const savedTables = ['submission', 'moderation_log', 'inspection', 'log_head'];

/** Keeps the index as it is, for `restoreIndex`. */
export async function saveIndex(db: Database): Promise<void> {
  for (const table of savedTables) await db.query(`create table saved_${table} as table ${table}`);
}

/** The index as it was saved, and no recheck since. */
export async function restoreIndex(db: Database): Promise<void> {
  await emptyIndex(db);
  await db.query('truncate recheck_run; delete from log_head');
  for (const table of savedTables) await db.query(`insert into ${table} select * from saved_${table}`);
}
