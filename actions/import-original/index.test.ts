import { tmpdir } from 'node:os';
import { expect, test, vi } from 'vitest';
import { realServer } from '#sql/testing.ts';
import { endOf } from '../testing.ts';
import { bothDatabases, everythingTaken } from './testing.ts';
import { addSubmission, fillOriginal } from './testing-original.ts';

vi.setConfig({ testTimeout: 300_000 });

const { index, original } = bothDatabases();

/** Runs the job as an operator does. */
const importFromShell = (args: string[], env: Record<string, string> = {}) =>
  endOf('import-original', args, {
    cwd: tmpdir(),
    env: { DATABASE_URL: index.url, ORIGINAL_DATABASE_URL: original.url, ...env },
  });

test('10,000 submissions are taken over, and a second run finds nothing to do', async () => {
  await original.db.query('truncate "User" cascade');
  await fillOriginal(original.db, 10_000);
  const first = await importFromShell([]);
  expect(first).toMatchObject({
    code: 0,
    stdout: [
      'Read 10000 submissions.',
      'Taken over: 10000. They were pending (1000), approved (6000), rejected (1000) or removed (2000) there.',
      'Of these, 7000 wait for their owners to confirm them, and are listed nowhere before.',
      'Written: 10000 rows, 32000 lines of the log.',
      'Moderators there: 5000001. Here it is who is in MODERATOR_GITHUB_IDS, and nobody else.',
      '',
    ].join('\n'),
  });
  const taken = await everythingTaken(index.db);
  const { rows } = await index.db.query(
    `select state, license, presence, count(*)::int from submission group by 1, 2, 3 order by 1`,
  );
  expect(rows).toEqual([
    { state: 'pending', license: null, presence: 'never', count: 7000 },
    { state: 'rejected', license: null, presence: 'never', count: 1000 },
    { state: 'removed', license: null, presence: 'never', count: 2000 },
  ]);
  // Every line of each gist's log begins where the one before it ended, and the last one tells where the row stands.
  const { rowCount: broken } = await index.db.query(
    `select from (
       select gist_id, to_state, from_state, at, seq,
              lag(to_state) over w as before, lag(at) over w as earlier, lead(seq) over w as next
         from moderation_log window w as (partition by gist_id order by seq)
     ) as line join submission s using (gist_id)
      where from_state is distinct from before or at < earlier
         or next is null and (line.to_state, line.seq) is distinct from (s.state, s.last_seq)`,
  );
  expect(broken).toBe(0);

  const second = await importFromShell(['--from', `${original.url}?schema=public`], {
    DATABASE_URL: `${index.url}?schema=public`,
  });
  expect(second).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^Read 10000 submissions\.\nHere already, as they are there: 10000\.\nModerators/,
    ),
  });
  expect(await everythingTaken(index.db)).toEqual(taken);
});

test('--dry-run and --json tell and write nothing', async () => {
  await addSubmission(original.db, 1, { by: 2 });
  await addSubmission(original.db, 2, { by: 2, columns: { gistId: 'no' } });
  const { code, stdout } = await importFromShell(['--dry-run', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    dry_run: true,
    read: 2,
    new: 1,
    moved: 0,
    same: 0,
    left: 0,
    were: { pending: 1, approved: 0, rejected: 0, removed: 0 },
    skipped: 1,
    removed_there: 0,
    rows: 0,
    log_lines: 0,
  });
  expect((await index.db.query('select from account')).rowCount).toBe(0);
});

test('what is left out is told by its id, as text that moves no cursor', async () => {
  await addSubmission(original.db, 1, { by: 2, columns: { id: 'bad\u001b[2J', gistVersion: '' } });
  const { stdout } = await importFromShell([]);
  expect(stdout).toContain(
    'Left out: 1.\nSubmission bad\ufffd[2J is left out: its gistVersion is missing or',
  );
});

test.each([
  [
    '--from postgres://127.0.0.1:1/original',
    /^import:original: The original database cannot be read \(.*ECONNREFUSED/,
  ],
  ['--from mysql://127.0.0.1/original', /^import:original: --from must look like postgres:\/\//],
])('%s is one sentence', async (flags, sentence) => {
  const { code, stdout, stderr } = await importFromShell(flags.split(' '));
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('without an address it says what to give', async () => {
  const { code, stderr } = await importFromShell([], { ORIGINAL_DATABASE_URL: '' });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      'import:original: Nothing says where the original is. Give --from or ORIGINAL_DATABASE_URL its address.\n',
  });
});

test('the index itself is no original, and its user’s password is not told', async () => {
  const { code, stderr } = await importFromShell(['--from', index.url]);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^import:original: The schema public of the original database has no table User, Subm/,
  );
  expect(stderr).not.toContain(new URL(index.url).password || 'no password');
});

test.skipIf(!realServer)('a user who may only read is enough there', async () => {
  await original.db.query(`
    drop role if exists import_reader;
    create role import_reader login password 'reader';
    grant select on all tables in schema public to import_reader`);
  await addSubmission(original.db, 1, { by: 2 });
  const reader = new URL(original.url);
  reader.username = 'import_reader';
  reader.password = 'reader';
  expect(await importFromShell(['--from', reader.href])).toMatchObject({ code: 0 });
  expect((await index.db.query('select from submission')).rowCount).toBe(1);
});
