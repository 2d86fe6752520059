import { expect, test, vi } from 'vitest';
import type { Database } from '#sql/db.ts';
import { openPool } from '#sql/pool.ts';
import { eraseAccount } from '#sql/queries/erasure.ts';
import { silent } from '#sql/testing.ts';
import { gistIdOf, revisionOf } from '#sql/testing-rows.ts';
import { leaveUnattested } from '#sql/testing-unattested.ts';
import { type Outcome, run } from './run.ts';
import { bothDatabases, everythingTaken } from './testing.ts';
import { addSubmission, addUser, decideThere, personIdOf, resubmitThere } from './testing-original.ts';

vi.setConfig({ testTimeout: 60_000 });

const { index, original } = bothDatabases();
const now = new Date('2026-12-01T06:00:00Z');

async function takeOver({ dryRun = false, into = index.db } = {}): Promise<Outcome> {
  return run(
    { dryRun },
    {
      db: into,
      original: original.db,
      schema: 'public',
      now: () => now,
      progress: () => undefined,
      tally: () => undefined,
      signal: new AbortController().signal,
    },
  );
}

async function standing(number: number): Promise<unknown> {
  const { rows } = await index.db.query(
    'select state, license, presence from submission where gist_id = $1',
    [gistIdOf(number)],
  );
  return rows[0];
}

/** The gist's log: each line as `move from→to`, with who made it and what was said. */
async function logOf(number: number): Promise<string[]> {
  const { rows } = await index.db.query(
    `select move, from_state, to_state, github_id, reason, text, at from moderation_log l
       left join account a on a.id = l.account_id left join note using (seq) where gist_id = $1 order by seq`,
    [gistIdOf(number)],
  );
  return rows.map((row) =>
    [
      `${row.move} ${row.from_state ?? ''}→${row.to_state}`,
      row.github_id && `by ${Number(row.github_id) - 5_000_000}`,
      row.reason,
      row.text && `“${row.text}”`,
    ]
      .filter(Boolean)
      .join(' '),
  );
}

const unlisted = (state: string) => ({ state, license: null, presence: 'never' });

test('ids, owners, decisions and times are kept; what was approved is pending, with no licence', async () => {
  await addSubmission(original.db, 1, { by: 2 });
  await decideThere(original.db, 1, 'APPROVED', { hours: 1, reason: 'Nice' });
  const outcome = await takeOver();
  expect(outcome).toMatchObject({ read: 1, counts: { new: 1 }, states: { approved: 1 }, rows: 1, lines: 3 });
  const { rows } = await index.db.query(
    `select s.*, github_id, login, a.created_at from submission s join account a on a.id = account_id`,
  );
  expect(rows).toMatchObject([
    {
      gist_id: gistIdOf(1),
      record_id: `github_gist:${gistIdOf(1)}`,
      gist_url: `https://gist.github.com/person-2/${gistIdOf(1)}`,
      owner_id: personIdOf(2),
      owner_login: 'person-2',
      title: 'Session 1',
      files: [],
      revision: revisionOf(1),
      approved_revision: null,
      approved_at: null,
      license: null,
      attestation_version: null,
      state: 'pending',
      presence: 'never',
      last_seq: '3',
      submitted_at: new Date('2026-03-01T00:01:00Z'),
      gist_updated_at: new Date('2026-02-28T12:00:00.123Z'),
      verified_at: new Date('2026-03-01T00:00:00.456Z'),
      github_id: personIdOf(2),
      login: 'person-2',
      created_at: new Date('2026-02-01T00:00:00Z'),
    },
  ]);
  expect(await logOf(1)).toEqual([
    'submit →pending by 2',
    'approve pending→approved by 1 “Nice”',
    'import approved→pending',
  ]);
  const { rows: times } = await index.db.query('select at, kind from moderation_log order by seq');
  expect(times).toEqual([
    { at: new Date('2026-03-01T00:01:00Z'), kind: null },
    { at: new Date('2026-03-01T01:01:00Z'), kind: null },
    { at: now, kind: null },
  ]);
});

test('log lines are numbered in the order of their times, across gists', async () => {
  await addSubmission(original.db, 1, { by: 2 });
  await addSubmission(original.db, 200, { by: 3 });
  await decideThere(original.db, 1, 'APPROVED', { hours: 2 });
  await decideThere(original.db, 200, 'REJECTED', { hours: 1 });
  await decideThere(original.db, 1, 'REMOVED', { hours: 9 });
  await takeOver();
  const { rows } = await index.db.query('select move, gist_id from moderation_log order by seq');
  expect(rows.map(({ move, gist_id }) => `${move} ${Number.parseInt(String(gist_id), 16)}`)).toEqual([
    'submit 1',
    'approve 1',
    'submit 200',
    'reject 200',
    'remove 1',
    expect.stringMatching(/^import/),
    expect.stringMatching(/^import/),
  ]);
  expect((await index.db.query('select seq from log_head')).rows).toEqual([{ seq: '7' }]);
});

test('what was removed stays removed, though its owner submitted it again there', async () => {
  await addSubmission(original.db, 1, { by: 2 });
  await decideThere(original.db, 1, 'REMOVED', { hours: 1, reason: 'Not yours' });
  await resubmitThere(original.db, 1, 5);
  await takeOver();
  expect(await standing(1)).toEqual(unlisted('removed'));
  expect(await logOf(1)).toEqual([
    'submit →pending by 2',
    'remove pending→removed by 1 other “Not yours”',
    'import removed→removed',
  ]);
});

test('a moderator who then decided anew had the last word', async () => {
  await addSubmission(original.db, 1, { by: 2 });
  await decideThere(original.db, 1, 'REMOVED', { hours: 1 });
  await resubmitThere(original.db, 1, 5);
  await decideThere(original.db, 1, 'APPROVED', { hours: 7 });
  await takeOver();
  expect(await standing(1)).toEqual(unlisted('pending'));
  expect(await logOf(1)).toEqual([
    'submit →pending by 2',
    'remove pending→removed by 1 other',
    'resubmit removed→pending by 2',
    'approve pending→approved by 1',
    'import approved→pending',
  ]);
});

test('mail, names, pictures and who was only a visitor are not taken over', async () => {
  await addSubmission(original.db, 1, { by: 2 });
  await takeOver();
  const stored = JSON.stringify(await everythingTaken(index.db));
  expect(stored).not.toMatch(/Real Name|mail\.example|pictures\.example|person-[134]/);
});

test('rows that make no sense are told and left out, the others are taken over', async () => {
  const { db } = original;
  await db.query(`
    alter table "Submission" alter column "createdAt" drop not null, drop constraint "Submission_submitterId_fkey"`);
  await addSubmission(db, 1, { by: 2 });
  await addSubmission(db, 2, { by: 2, columns: { gistId: 'javascript:alert(1)' } });
  await addSubmission(db, 3, { by: 2, columns: { gistVersion: 'main' } });
  await addSubmission(db, 4, { by: 2, columns: { createdAt: null } });
  await addSubmission(db, 5, { by: 2, columns: { submitterId: 'nobody' } });
  await addSubmission(db, 6, { by: 2, columns: { gistOwnerId: personIdOf(3) } });
  await addSubmission(db, 7, { by: 2, columns: { gistOwnerId: '12x', gistOwnerLogin: '<b>' } });
  await addSubmission(db, 8, { by: 2, columns: { updatedAt: 'infinity' } });
  await addSubmission(db, 10, { by: 2, columns: { createdAt: '12026-01-01' } });
  await addSubmission(db, 11, { by: 2, columns: { lastCheckedAt: '0044-03-15 BC' } });
  await addSubmission(db, 0xabc, { by: 2 });
  await addSubmission(db, 9, { by: 3, columns: { gistId: gistIdOf(0xabc).toUpperCase() } });
  const outcome = await takeOver();
  expect(outcome.counts).toEqual({ new: 2, moved: 0, same: 0, left: 0 });
  expect(outcome.skipped).toEqual([
    { id: 's10', because: 'its createdAt is missing or malformed' },
    { id: 's11', because: 'its lastCheckedAt is missing or malformed' },
    { id: 's2', because: 'its gistId is missing or malformed' },
    { id: 's3', because: 'its gistVersion is missing or malformed' },
    { id: 's4', because: 'its createdAt is missing or malformed' },
    { id: 's5', because: 'its submitter is missing or malformed' },
    { id: 's6', because: 'it was not submitted by the account that owns its gist' },
    { id: 's7', because: 'its gistOwnerId is missing or malformed' },
    { id: 's8', because: 'its updatedAt is missing or malformed' },
    { id: 's9', because: 'another one is of the same gist' },
  ]);
  expect((await index.db.query('select from submission')).rowCount).toBe(2);
  await db.query(`truncate "User" cascade`);
  await db.query(`
    truncate "Submission" cascade;
    alter table "Submission" alter column "createdAt" set not null,
      add foreign key ("submitterId") references "User" on delete cascade`);
});

test('an address there is not believed: the page of a gist is made of its owner and id', async () => {
  await addSubmission(original.db, 1, { by: 2, columns: { gistUrl: 'javascript:alert(1)' } });
  await takeOver();
  const { rows } = await index.db.query('select gist_url from submission');
  expect(rows).toEqual([{ gist_url: `https://gist.github.com/person-2/${gistIdOf(1)}` }]);
});

test('two accounts whose logins differ in case alone are two; who signed in here keeps the login they have', async () => {
  await addUser(original.db, 11, 'Grace');
  await addUser(original.db, 12, 'grace');
  await index.db.query('insert into account (github_id, login) values ($1, $2)', [personIdOf(11), 'ada-now']);
  await addSubmission(original.db, 1, { by: 11, columns: { gistOwnerLogin: 'Grace' } });
  await addSubmission(original.db, 2, { by: 12, columns: { gistOwnerLogin: 'grace' } });
  await takeOver();
  const { rows } = await index.db.query(
    `select gist_id, login, owner_login from submission s join account a on a.id = s.account_id order by gist_id`,
  );
  expect(rows).toEqual([
    { gist_id: gistIdOf(1), login: 'ada-now', owner_login: 'Grace' },
    { gist_id: gistIdOf(2), login: 'grace', owner_login: 'grace' },
  ]);
});

test('a decision that was not logged is told of by the row', async () => {
  await addSubmission(original.db, 1, {
    by: 2,
    state: 'REJECTED',
    columns: { moderationReason: 'No session', lastModeratedById: 'u1', lastModeratedAt: '2026-03-05' },
  });
  await takeOver();
  expect(await logOf(1)).toEqual([
    'submit →pending by 2',
    'reject pending→rejected by 1 other “No session”',
    'import rejected→rejected',
  ]);
});

test('a dry run says the same and writes nothing', async () => {
  await addSubmission(original.db, 1, { by: 2 });
  const before = await everythingTaken(index.db);
  expect(await takeOver({ dryRun: true })).toMatchObject({ counts: { new: 1 }, rows: 0, lines: 0 });
  expect(await everythingTaken(index.db)).toEqual(before);
});

test('run again, it brings what moved there since, in rows that nobody touched here', async () => {
  for (const number of [1, 2, 3]) await addSubmission(original.db, number, { by: 2 });
  await takeOver();
  await decideThere(original.db, 1, 'REMOVED', { hours: 1, reason: 'Spam' });
  await decideThere(original.db, 2, 'REJECTED', { hours: 2 });
  await addSubmission(original.db, 4, { by: 3 });
  expect(await takeOver()).toMatchObject({ counts: { new: 1, moved: 2, same: 1, left: 0 }, rows: 3 });
  expect([await standing(1), await standing(2), await standing(3)]).toEqual(
    ['removed', 'rejected', 'pending'].map(unlisted),
  );
  expect(await logOf(1)).toEqual([
    'submit →pending by 2',
    'import pending→pending',
    'remove pending→removed by 1 other “Spam”',
    'import removed→removed',
  ]);
  await resubmitThere(original.db, 2, 5);
  await decideThere(original.db, 2, 'APPROVED', { hours: 6 });
  expect(await takeOver()).toMatchObject({ counts: { new: 0, moved: 1, same: 3, left: 0 } });
  expect((await logOf(2)).slice(4)).toEqual([
    'resubmit rejected→pending by 2',
    'approve pending→approved by 1',
    'import approved→pending',
  ]);
  expect(await takeOver()).toMatchObject({ counts: { new: 0, moved: 0, same: 4, left: 0 }, rows: 0 });
});

test('what somebody touched here stays as it is, and a removal there is told', async () => {
  await addSubmission(original.db, 1, { by: 2 });
  await takeOver();
  // As its owner's confirmation leaves it.
  await index.db.query(`
    update log_head set seq = 3;
    insert into moderation_log (seq, gist_id, move, from_state, to_state, revision)
      select 3, gist_id, 'attest', 'pending', 'pending', revision from submission;
    update submission set license = 'MIT', attestation_version = '2026-11-22', title = 'Mine', last_seq = 3`);
  await decideThere(original.db, 1, 'REMOVED', { hours: 1 });
  const before = await everythingTaken(index.db);
  expect(await takeOver()).toMatchObject({
    counts: { new: 0, moved: 0, left: 1 },
    removedThere: [gistIdOf(1)],
  });
  expect(await everythingTaken(index.db)).toEqual(before);
});

test('whoever erased their account here is not brought back by what happens to a removed gist there', async () => {
  await addSubmission(original.db, 1, { by: 2 });
  await addSubmission(original.db, 2, { by: 3 });
  await decideThere(original.db, 1, 'REMOVED', { hours: 1, reason: 'Spam of person-2' });
  await takeOver();
  const { rows } = await index.db.query<{ id: string }>('select id from account where github_id = $1', [
    personIdOf(2),
  ]);
  await eraseAccount(index.db, rows[0]?.id ?? '');
  await resubmitThere(original.db, 1, 5);
  await decideThere(original.db, 1, 'APPROVED', { hours: 6 });
  await decideThere(original.db, 2, 'REJECTED', { hours: 6 });
  expect(await takeOver()).toMatchObject({ counts: { new: 0, moved: 1, same: 0, left: 1 }, rows: 1 });
  expect(await standing(1)).toEqual(unlisted('removed'));
  expect(JSON.stringify(await everythingTaken(index.db))).not.toMatch(/person-2|5000002/);
});

test('what was submitted here between reading and writing stays as it is', async () => {
  for (const number of [1, 2]) await addSubmission(original.db, number, { by: 2 });
  const { db } = index;
  const submittedMeanwhile: Database = {
    ...db,
    async transaction(work, mode) {
      const owner = { id: personIdOf(2), login: 'person-2' };
      await leaveUnattested(db, { gistId: gistIdOf(2), owner, title: 'Meanwhile' });
      return db.transaction(work, mode);
    },
  };
  expect(await takeOver({ into: submittedMeanwhile })).toMatchObject({
    counts: { new: 2 },
    rows: 1,
    lines: 2,
  });
  const { rows } = await db.query('select title from submission order by gist_id');
  expect(rows).toEqual([{ title: 'Session 1' }, { title: 'Meanwhile' }]);
  expect((await db.query('select seq from log_head')).rows).toEqual([{ seq: '5' }]);
});

test('tables in another schema are found there', async () => {
  const url = new URL(original.url);
  const elsewhere = openPool({ url: url.href, kind: original.db.kind, log: silent, size: 1 });
  await expect(
    run(
      { dryRun: true },
      {
        db: index.db,
        original: elsewhere,
        schema: 'else"where',
        now: () => now,
        progress: () => undefined,
        tally: () => undefined,
        signal: new AbortController().signal,
      },
    ),
  ).rejects.toThrow(
    /^The schema else"where of the original database has no table User, Submission, ModerationLog\. /,
  );
  await elsewhere.close();
});
