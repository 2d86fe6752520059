import { beforeEach, expect, test } from 'vitest';
import { createGitHub, createTokenReader } from '#github/client.ts';
import { indexOfTests } from '../reinspect/testing.ts';
import { report } from './report.ts';
import { hoursLater, startIndex } from './testing.ts';

/** Six owners with a gist each; one is deleted, one edited. */
const index = indexOfTests(startIndex);
beforeEach(async () => {
  for (let i = 0; i < 12; i++) await index.taken(`owner-${i}/a`);
  // GitHub has told of a push, so that most rows need no reading.
  await index.recheck({ now: () => hoursLater(-2) });
  index.remove('owner-0/a');
  index.write('owner-1/a', { 'session.jsonl': '{"edited":true}\n' });
});

const everyRow = async () =>
  (
    await index.db.query(
      'select gist_id, state, availability, presence, revision, verified_at, last_seq from submission order by gist_id',
    )
  ).rows;
const suspensions = async () =>
  (await index.db.query("select from moderation_log where kind in ('suspended', 'gone')")).rowCount;

const limits =
  /^GitHub is limiting our requests\. Run this again in \d+ s, and it goes on with the gists checked longest ago\./;
const fails =
  /^GitHub is not answering properly \(.+\)\. No gist was taken to be missing for it; run this again later\./;

test.each([
  ['down', fails],
  ['bad_gateway', fails],
  ['rate_limit', limits],
  ['secondary_limit', limits],
  ['secondary_limit_429', limits],
  ['empty', fails],
  ['nonsense', fails],
  ['wrong_shape', fails],
  ['partial', fails],
  ['cut', fails],
  ['reset', fails],
  ['hang', fails],
  ['missing_all', /^Gists of 5 of \d+ owners were missed at once, .+ so none was suspended\..+--force\./],
  ['bad_credentials', /^GitHub does not know the credentials that gists are read with: .+GITHUB_API_TOKEN/],
  ['owner_null', fails],
])('while GitHub has the fault %s, no row changes, and one sentence says why', async (fault, sentence) => {
  const before = await everyRow();
  index.standin.setFaults([fault]);
  const { readerOptions } = index;
  const github = createGitHub({ ...readerOptions, timeoutMs: fault === 'hang' ? 300 : 5_000 });
  const outcome = await index.recheck({ github });
  const told = report(outcome, { dryRun: false, shard: { index: 1, of: 1 } });
  expect(told.ok ? told.lines.join(' ') : told.sentence).toMatch(sentence);
  expect(await everyRow()).toEqual(before);

  index.standin.setFaults([]);
  expect(await index.recheck({ now: () => hoursLater(1) })).toMatchObject({
    ended: { kind: 'done' },
    counts: { checked: 12, suspended: 1, changed: 1 },
  });
});

test('rows that GraphQL leaves out stay as they are, and the others are verified', async () => {
  index.standin.setFaults(['graphql_partial']);
  const outcome = await index.recheck();
  expect(outcome).toMatchObject({ ended: { kind: 'down' }, counts: { failed: 6, checked: 6, suspended: 0 } });
  expect(await suspensions()).toBeLessThanOrEqual(1);
  expect((await index.db.query("select from submission where availability <> 'available'")).rowCount).toBe(0);
});

test.each([['owner_null:graphql'], ['missing_all:graphql']])(
  'what GraphQL alone gets wrong (%s) is read by REST, and only what is true is believed',
  async (fault) => {
    index.standin.setFaults([fault]);
    expect(await index.recheck()).toMatchObject({
      ended: { kind: 'done' },
      counts: { checked: 12, suspended: 1, changed: 1 },
    });
  },
);

// The deleted gist is missing whatever REST says of owners; the edited one to who believes it.
test.each([
  ['down:gists', 0],
  ['nonsense:gists', 0],
  ['owner_null:gists', 1],
  ['missing_all:gists', 2],
])('what REST alone gets wrong (%s) concerns the gists that moved', async (fault, suspended) => {
  index.standin.setFaults([fault]);
  const { counts } = await index.recheck();
  expect(counts.checked + counts.failed).toBe(12);
  expect(counts.checked).toBeGreaterThanOrEqual(10);
  expect(await suspensions()).toBe(suspended);
});

test('a limit in the middle of an outage applies no loss, as the outage would not have', async () => {
  await index.db.query(`update submission set verified_at = '2025-12-01' where owner_login = 'owner-0'`);
  // Nothing is known of their pushes, so each has to be read.
  for (let i = 0; i < 8; i++) await index.taken(`late-${i}/a`);
  const github = createGitHub(index.readerOptions);
  let asked = 0;
  github.octokit.hook.before('request', () => {
    asked += 1;
    // The first gist was read, and is missing.
    if (asked === 2) index.standin.setFaults(['nonsense:gists']);
  });
  let unread = 0;
  const log = () => {
    unread += 1;
    if (unread === 6) index.standin.setFaults(['secondary_limit=20:gists']);
  };
  expect(await index.recheck({ github, log })).toMatchObject({
    ended: { kind: 'limited' },
    counts: { failed: 6, checked: 11, held: 1, suspended: 0 },
  });
  expect(await suspensions()).toBe(0);
});

test('ten gists that cannot be read are enough, however many queries tell of others between them', async () => {
  for (let i = 0; i < 100; i++) await index.taken(`late-${i}/a`);
  index.write('owner-0/a', { 'session.jsonl': '{"place":"owner-0/a"}\n' }, hoursLater(-48));
  await index.recheck();
  await index.db.query(
    `update submission set pushed_at = null where gist_id in
       (select gist_id from (select row_number() over (order by verified_at, gist_id) as place, * from submission) as placed
         where place between 94 and 107)`,
  );
  index.standin.setFaults(['nonsense:gists']);
  const { ended, counts } = await index.recheck({ now: () => hoursLater(1) });
  expect(counts).toMatchObject({ failed: 10 });
  expect(ended).toEqual({ kind: 'down', why: 'an answer of another shape' });
});

test('a short limit is waited for, within the patience of the run', async () => {
  index.standin.setFaults(['secondary_limit=20']);
  const waited: number[] = [];
  const outcome = await index.recheck({
    patience: 50,
    sleep: async (milliseconds) => {
      waited.push(milliseconds);
      if (waited.length === 2) index.standin.setFaults([]);
    },
  });
  expect(waited).toEqual([20_000, 20_000]);
  expect(outcome).toMatchObject({ ended: { kind: 'done' }, counts: { checked: 12 } });
});

test('a limit longer than the patience ends the run, which keeps what it has done', async () => {
  index.standin.setFaults(['secondary_limit=20:gists']);
  const outcome = await index.recheck({ patience: 19 });
  expect(outcome).toMatchObject({
    ended: { kind: 'limited', retryAfter: 20 },
    counts: { checked: 10, failed: 0 },
  });
});

test('the token of an installation is told apart, and what to set instead', async () => {
  const github = createTokenReader({ ...index.readerOptions, token: 'gho_standin_unknown' });
  const outcome = await index.recheck({ github });
  expect(outcome.ended).toEqual({ kind: 'credentials', refused: 'unknown' });
  const installation = { ...outcome, ended: { kind: 'credentials', refused: 'installation' } } as const;
  expect(report(installation, { dryRun: false, shard: { index: 1, of: 1 } })).toMatchObject({
    ok: false,
    sentence: expect.stringMatching(
      /^Gists cannot be read with the token of an app's installation, .+ without any permission\./,
    ),
  });
});
