import { afterAll, beforeAll, expect, test } from 'vitest';
import { everyForgotten, retention } from '#domain/retention.ts';
import { type FreshDatabase, freshDatabase } from '#sql/testing.ts';
import { gistIdOf, listGists, takeOut } from '#sql/testing-rows.ts';
import { run } from './run.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

const job = (dryRun = false) =>
  run({ dryRun }, { db: fresh.db, progress: () => undefined, signal: new AbortController().signal });

/** Of each kind, a row whose time is just over and one whose time is not; and one that is needed for all its age. */
async function fill(): Promise<void> {
  const { db } = fresh;
  await listGists(db, 6);
  await takeOut(db, 3, 'withdrawn');
  await takeOut(db, 4, 'removed');
  const [listed, , withdrawn, removed, other] = [1, 2, 3, 4, 5].map(gistIdOf);
  const ago = (id: keyof typeof retention, more: number) =>
    `now() - interval '${retention[id].days} days' - interval '${more} hours'`;
  await db.query(`
    alter table moderation_log disable trigger user;
    update moderation_log set at = now();
    update moderation_log set at = ${ago('inspection_out', 1)}
      where seq = (select last_seq from submission where gist_id = '${withdrawn}');
    insert into moderation_log (seq, at, gist_id, move, to_state, revision) values
      (1001, ${ago('note', 1)}, '${listed}', 'reject', 'rejected', 'r'),
      (1002, ${ago('note', -1)}, '${listed}', 'appeal', 'pending', 'r'),
      (1003, ${ago('note', 1)}, '${other}', 'reject', 'rejected', 'r');
    update submission set last_seq = 1003 where gist_id = '${other}';
    alter table moderation_log enable trigger user;
    insert into note (seq, text) values (1001, 'old'), (1002, 'young'), (1003, 'old and standing');

    insert into account (github_id, login, created_at) values
      (1, 'idle', ${ago('account', 1)}), (2, 'young', ${ago('account', -1)}), (3, 'reporter', ${ago('account', 1)}),
      (4, 'signed-in', ${ago('account', 1)});
    insert into session (jti, account_id, expires_at, last_seen, revoked_at) values
      (gen_random_uuid(), 7001, ${ago('session', 1)}, now(), null),
      (gen_random_uuid(), 7001, now() + interval '9 days', now() - interval '9 days', null),
      (gen_random_uuid(), 7001, now() + interval '9 days', now(), ${ago('session', 1)}),
      (gen_random_uuid(), 7001, now() + interval '9 days', now(), ${ago('session', -1)}),
      (gen_random_uuid(), (select id from account where login = 'signed-in'), now() + interval '9 days', now(), null);
    insert into sign_in values
      ('a', 'b', 'c', '/', ${ago('sign_in', 1)}), ('b', 'b', 'c', '/', now());
    insert into rate_limit (key, expire) values
      ('old', extract(epoch from ${ago('rate_limit', 1)}) * 1000), ('young', extract(epoch from now()) * 1000);
    insert into reader (account_id, gist_id, seen_at) values
      (7001, '${listed}', ${ago('reader', 1)}), (7001, '${other}', now());
    insert into escalation (gist_id, account_id, revision, note, at)
      select gist_id, 7001, case gist_id when '${listed}' then 'left' else revision end, 'look', ${ago('escalation', 1)}
        from submission where gist_id in ('${listed}', '${other}');
    insert into recheck_run (shard, shards, started_at, finished_at, outcome) values
      (1, 1, ${ago('recheck_run', 2)}, ${ago('recheck_run', 2)}, 'down'),
      (1, 1, ${ago('recheck_run', 1)}, ${ago('recheck_run', 1)}, 'done'),
      (1, 1, ${ago('recheck_run', -1)}, ${ago('recheck_run', -1)}, 'down');
    insert into backup_run (id, finished_at, bytes, row_count, log_seq) values
      ('old', ${ago('backup_run', 2)}, 1, 1, 1), ('newest', ${ago('backup_run', 1)}, 1, 1, 1);
    insert into report (gist_id, account_id, reason, text, at, closed_at, outcome) values
      ('${listed}', (select id from account where login = 'reporter'), 'spam', 'old', now(), ${ago('report', 1)}, 'kept'),
      ('${other}', (select id from account where login = 'reporter'), 'spam', 'young', now(), ${ago('report', -1)}, 'kept'),
      ('${removed}', (select id from account where login = 'reporter'), 'spam', 'waits', ${ago('left_report', 1)}, null, null),
      ('${withdrawn}', (select id from account where login = 'reporter'), 'spam', 'left', ${ago('left_report', 1)}, null, null);
    insert into inspection (gist_id, revision, scanner_version, formats_version, inspected_at, result, tags)
      select gist_id, revision, '1', '1', now() - interval '400 days', '{}', '{}' from submission;
    insert into inspection (gist_id, revision, scanner_version, formats_version, inspected_at, result, tags) values
      ('${listed}', 'left', '1', '1', ${ago('superseded_inspection', 1)}, '{}', '{}'),
      ('${other}', 'left', '1', '1', ${ago('superseded_inspection', -1)}, '{}', '{}');
  `);
}

const expected = {
  sign_in: 1,
  session: 3,
  rate_limit: 1,
  reader: 1,
  escalation: 1,
  superseded_inspection: 1,
  inspection_out: 1,
  backup_run: 1,
  left_report: 1,
  report: 1,
  account: 1,
  recheck_run: 1,
  note: 1,
};

test('what is over its time is forgotten, what is not or is needed stays, and a second run finds nothing', async () => {
  const { db } = fresh;
  await fill();
  const all = async (sql: string) => (await db.query<{ v: string }>(sql)).rows.map(({ v }) => v);
  const counted = `select (select count(*) from submission) || ' ' || (select count(*) from moderation_log) as v`;
  const lasting = await all(counted);

  expect(await job(true)).toEqual(expected);
  expect(await job(true)).toEqual(expected);
  expect(await job()).toEqual(expected);
  expect(await job()).toEqual(Object.fromEntries(everyForgotten.map((id) => [id, 0])));

  expect(await all(counted)).toEqual(lasting);
  expect(await all('select text as v from note order by seq')).toEqual(['young', 'old and standing']);
  expect(await all('select login as v from account where id <> 7001 order by 1')).toEqual([
    'reporter',
    'signed-in',
    'young',
  ]);
  expect(await all('select count(*)::text as v from session')).toEqual(['2']);
  expect(await all("select text || ' ' || coalesce(outcome, 'open') as v from report order by id")).toEqual([
    ' kept',
    'young kept',
    'waits open',
    'left left',
  ]);
  expect(await all('select count(account_id)::text as v from report')).toEqual(['3']);
  expect(await all('select outcome as v from recheck_run order by id')).toEqual(['done', 'down']);
  expect(await all('select id as v from backup_run')).toEqual(['newest']);
});

test('more rows than go in one batch are all forgotten', async () => {
  await fresh.db.query(
    "insert into sign_in select 'many ' || n, 'b', 'c', '/', now() - interval '9 days' from generate_series(1, 2500) n",
  );
  expect(await job()).toMatchObject({ sign_in: 2500 });
});
