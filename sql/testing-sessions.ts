import type { Database } from './db.ts';

/** Something of a list, chosen by a number. */
const pick = (list: readonly (string | null)[], by: string) =>
  `(array[${list.map((item) => (item === null ? 'null' : `'${item}'`)).join(', ')}])[1 + ((${by}) % ${list.length})::int]`;

/**
 * Fills an empty index with sessions as submitting, inspecting and approving leave them: every column of the dataset's
 * row filled, about 1.6 kB of JSON a row, two log lines each. The same count gives the same rows.
 */
export async function fillIndex(database: Database, count: number): Promise<void> {
  await database.transaction(async (tx) => {
    // Each index is made once, of all rows, and not row by row.
    const { rows: indexes } = await tx.query<{ name: string; definition: string }>(
      `select indexname as name, indexdef as definition from pg_indexes
        where tablename in ('submission', 'inspection', 'moderation_log') and indexname not in (select conname from pg_constraint)`,
    );
    for (const { name } of indexes) await tx.query(`drop index ${name}`);
    await tx.query(
      `insert into account (id, github_id, login) overriding system value
       select n, 10000 + n, 'ada-' || n from generate_series(1, 5000) as n`,
    );
    // Accounts that are made afterwards are others.
    await tx.query(`select setval(pg_get_serial_sequence('account', 'id'), 5000)`);
    await tx.query('update log_head set seq = 2 * $1::bigint', [count]);
    await tx.query(
      `insert into submission (gist_id, record_id, account_id, gist_url, node_id, owner_id, owner_login, title, files,
         total_bytes, revision, approved_revision, gist_updated_at, license, attestation_version, state, presence,
         last_seq, listed_seq, submitted_at, approved_at, verified_at)
       select gist_id, 'github_gist:' || gist_id, owner, 'https://gist.github.com/ada-' || owner || '/' || gist_id,
         'G_kwDO' || gist_id, 10000 + owner, 'ada-' || owner,
         ${pick(['Fix the flaky import test', 'Port the parser to Rust', '重写 tide-table 的解析器', 'Why does “make” run twice?', 'Add a dark theme', 'Größenangaben prüfen'], 'n')} || ' (' || n || ')',
         ('[{"name":"session.jsonl","bytes":' || bytes || ',"git_blob_sha":"' || md5(revision) || 'deadbeef","raw_url":"https://gist.githubusercontent.com/ada-'
           || owner || '/' || gist_id || '/raw/' || md5(revision) || 'deadbeef/session.jsonl"}]')::json,
         bytes, revision, revision, submitted_at - interval '7 minutes', ${pick(['CC0-1.0', 'CC-BY-4.0', 'ODC-By-1.0', 'MIT', 'Apache-2.0'], 'n')},
         '2026-11-22', 'approved', 'listed', 2 * n, 2 * n, submitted_at, submitted_at + interval '3 hours', timestamptz '2026-10-01Z' + n * interval '1 second'
       from (select n, md5('gist ' || n) as gist_id, md5('revision ' || n) || substr(md5('commit ' || n), 1, 8) as revision,
                    1 + n % 5000 as owner, 20000 + (n * 7919) % 9000000 as bytes,
                    timestamptz '2026-01-01 00:00:00Z' + n * interval '17.123 seconds' as submitted_at
               from generate_series(1, $1::bigint) as n) as gist`,
      [count],
    );
    await tx.query(
      `insert into inspection (gist_id, revision, scanner_version, formats_version, inspected_at, scan, result, topic, tags,
         agent, agent_version, format, session_ids, models, started_at, ended_at, user_messages, assistant_messages,
         tool_calls, tool_names, input_tokens, output_tokens, languages, first_prompt_present, tool_calls_paired,
         truncated, has_thinking, has_subagents, redactions, content_key)
       select gist_id, revision, '3+secretlint-13.0.7', 'abcdef012345', approved_at, ${pick(['clean', 'clean', 'reviewed'], 'n')},
         '{"files":[],"findings":[]}', ${pick(['Compilers', 'Tide tables', 'Build systems', 'Web accessibility'], 'n')},
         array[${pick(['rust', 'typescript', 'refactoring'], 'n')}, 'a long-running one'],
         agent, '2.' || n % 9 || '.' || n % 140, agent, array[md5('session ' || n)::uuid::text],
         array[${pick(['claude-sonnet-4-5-20250929', 'gpt-5.2-codex', 'gemini-3-pro'], 'n')}],
         to_char(submitted_at at time zone 'utc' - interval '1 day', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         to_char(submitted_at at time zone 'utc' - interval '20 hours', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
         1 + n % 40, 3 + n % 300, n % 900, array['Bash', 'Edit', 'Read', 'TodoWrite'], 20000 + (n::bigint * 104729) % 50000000,
         500 + (n * 31) % 400000, array['TypeScript', ${pick(['Rust', 'Python', 'Go'], 'n')}], n % 11 <> 0, n % 7 <> 0,
         n % 13 = 0, n % 2 = 0, n % 5 = 0, n % 4, md5(gist_id) || md5(revision)
       from (select submission.*, listed_seq / 2 as n, ${pick(['claude-code', 'codex', 'pi', 'gemini-cli', 'opencode'], 'listed_seq / 2')} as agent
               from submission) as listed`,
    );
    await tx.query(
      `insert into moderation_log (seq, at, gist_id, account_id, move, from_state, to_state, revision, kind)
       select listed_seq + shift, approved_at, gist_id, account_id, move, from_state, to_state, revision, kind
         from submission, (values (-1, 'submit', null, 'pending', null), (0, 'approve', 'pending', 'approved', 'added'))
              as step (shift, move, from_state, to_state, kind)`,
    );
    for (const { definition } of indexes) await tx.query(definition);
  });
  await database.query('vacuum analyze submission, inspection, moderation_log');
}

/** All columns of the listed rows in the dataset's order, as anybody would ask for them. */
export const plainRows = `
  select gist_id, gist_url, owner_id, owner_login, approved_revision, gist_updated_at, submitted_at, approved_at,
         'github_gist' as source, license, record_id, listed_seq, title, topic, tags, files, total_bytes, agent,
         agent_version, format, session_ids, models, started_at, ended_at, user_messages, assistant_messages, tool_calls,
         tool_names, input_tokens, output_tokens, languages, 'contributor' as license_declared_by, attestation_version,
         scanner_version, scan, first_prompt_present, tool_calls_paired, truncated, has_thinking, has_subagents,
         redactions, content_key
    from submission left join inspection using (gist_id, revision)
   where presence = 'listed'
   order by approved_at desc, gist_id`;
