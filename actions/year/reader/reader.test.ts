import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { begin, gistId, hour, lineOf, revision, type Story, story, tell } from './testing-story.ts';

const stays = gistId('stays');
const snapshot = 'snapshots/2025-03-01T03-00-00-000Z';

function rowsOf(told: Story) {
  const [first, second] = [told.first.rows[0], told.second.rows[0]];
  if (!first || !second) throw new Error('The story has no rows.');
  return { first, second };
}

/** Takes entries about a gist out of the diary. */
function forget(told: Story, what: string, gist: string): void {
  const others = (entries: Story['diary']) =>
    entries.filter((entry) => !(entry.what === what && 'gist_id' in entry && entry.gist_id === gistId(gist)));
  told.diary = others(told.diary);
  told.later.diary = others(told.later.diary);
}

/** The row that stays says something else in both snapshots. */
function both(told: Story, changes: object): void {
  told.first.rows[0] = { ...rowsOf(told).first, ...changes };
  told.second.rows[0] = { ...rowsOf(told).second, ...changes };
}

test('a story in which every promise is kept is none to complain of', async () => {
  expect(await tell(story())).toEqual([]);
});

const broken: [promise: number, what: string, breaks: (told: Story) => void][] = [
  [
    0,
    'a file is not what the manifest says',
    (told) => Object.assign(told.first.files, { 'urls.txt': 'x\n' }),
  ],
  [0, 'the manifest counts wrongly', (told) => Object.assign(told.second.manifest, { record_count: 2 })],
  [
    0,
    'changes are counted wrongly',
    (told) => Object.assign(told.second.manifest, { changes: { withdrawn: 1 } }),
  ],
  [1, 'a row was never approved', (told) => forget(told, 'approved', 'stays')],
  [
    1,
    'a row is at a revision that nobody read',
    (told) => both(told, { gist_version: revision('stays', 1) }),
  ],
  [
    1,
    'a row says another time of approval',
    (told) => both(told, { approved_at: '2025-02-01T00:00:00.000Z' }),
  ],
  [
    1,
    'a row names other files',
    (told) => both(told, { files: [{ name: 'session.jsonl', bytes: 8, git_blob_sha: '' }] }),
  ],
  [
    1,
    'an edited gist stays listed',
    (told) => edit(told, { history: [{ version: revision('stays', 1) }, { version: revision('stays') }] }),
  ],
  [2, 'a secret gist stays listed', (told) => edit(told, { public: false })],
  [2, 'a fork is listed', (told) => edit(told, { fork_of: {} })],
  [2, 'another’s gist stays listed', (told) => edit(told, { owner: { id: 1, login: 'otto' } })],
  [
    2,
    'a renamed owner is called as before',
    (told) => edit(told, { owner: { id: 4_000_000_001, login: 'karl' } }),
  ],
  [2, 'a deleted gist stays listed', (told) => Object.assign(told.later.github, { [stays]: null })],
  [2, 'somebody else offered the gist', (told) => both(told, { gist_owner_id: '4000000002' })],
  [
    2,
    'rows were not checked',
    (told) => Object.assign(told.second.manifest, { verified_from: '2025-03-01T02:00:00.000Z' }),
  ],
  [3, 'a row holds content', (told) => both(told, { topic: 'the Kanarie of the session' })],
  [3, 'a log holds content', (told) => Object.assign(told, { log: 'kanarie' })],
  [
    4,
    'a row leaves without a line',
    (told) => {
      told.second.removed = told.second.removed.slice(1);
      told.second.changes = told.second.changes.slice(1);
    },
  ],
  [4, 'a line of removals is taken back', (told) => told.second.removed.splice(0, 1)],
  [4, 'a line of changes is missing', (told) => told.second.changes.splice(0, 1)],
  [4, 'lines are out of order', (told) => told.second.changes.reverse()],
  [
    4,
    'a row changes without a line',
    (told) => Object.assign(told.second.rows, [{ ...rowsOf(told).second, title: 'x' }]),
  ],
  [4, 'a row is listed and departed', (told) => told.second.rows.push(...told.first.rows.slice(1, 2))],
  [4, 'a line says who', (told) => Object.assign(told.second.removed[0] ?? {}, { reason: 'otto' })],
  [4, 'a snapshot is skipped', (told) => Object.assign(told.second.manifest, { previous_snapshot: null })],
  [4, 'the log goes back', (told) => Object.assign(told.second.manifest, { log_seq: 7 })],
  [
    5,
    'a file of an earlier snapshot is changed',
    (told) =>
      Object.assign(told, {
        tamper: (folder: string) => writeFileSync(join(folder, snapshot, 'urls.txt'), ''),
      }),
  ],
  [
    5,
    'an earlier snapshot is deleted',
    (told) =>
      Object.assign(told, {
        tamper: (folder: string) => rmSync(join(folder, snapshot), { recursive: true }),
      }),
  ],
  [
    5,
    'the manifest of the newest is changed',
    (told) =>
      Object.assign(told, {
        tamper: (folder: string) =>
          writeFileSync(
            join(folder, 'latest/manifest.json'),
            JSON.stringify({
              snapshot_id: '2025-03-02T03-00-00-000Z',
              snapshot_dir: 'snapshots/2025-03-02T03-00-00-000Z',
              files: { 'changes.ndjson': {}, 'removed.ndjson': {}, 'submissions.ndjson': {} },
            }),
          ),
      }),
  ],
  [
    6,
    'an outage suspends a row',
    (told) => {
      told.later.github = {};
      forget(told, 'touched', 'deleted');
    },
  ],
  [
    6,
    'a gist is given up on the day it was missed',
    (told) => {
      const gone = lineOf('deleted', 12, 'gone', begin + 27 * hour);
      told.second.changes.push(gone);
      told.second.removed = told.second.changes;
      Object.assign(told.second.manifest, { log_seq: 12 });
    },
  ],
  [
    6,
    'a row that nothing happened to is not listed',
    (told) => {
      const line = lineOf('stays', 12, 'suspended', begin + 26 * hour);
      told.second.rows = [];
      told.second.changes.push(line);
      told.second.removed = told.second.changes;
      Object.assign(told.second.manifest, { log_seq: 12 });
    },
  ],
  [
    6,
    'a removal has a reason that nobody gave',
    (told) => Object.assign(told.second.removed[0] ?? {}, { kind: 'removed', reason: 'spam' }),
  ],
  [7, 'a withdrawn row is listed', (told) => told.second.rows.push(...told.first.rows.slice(1, 2))],
  [7, 'the hourly removals forget a withdrawal', (told) => told.later.hourly.splice(0, 1)],
  [8, 'a row has another licence than its owner chose', (told) => both(told, { license: 'MIT' })],
  [8, 'a row has a licence that was filled in', (told) => both(told, { license_declared_by: 'index' })],
];

/** The gist that stays is another at GitHub before the second recheck, and the index did not notice. */
function edit(told: Story, changes: object): void {
  Object.assign(told.later.github, { [stays]: { ...told.github[stays], ...changes } });
}

/** The second recheck is killed, after it had found that the owner of the gist that stays has another login. */
function killed(told: Story, login: string, outcome: 'killed' | 'refused' = 'killed'): void {
  edit(told, { owner: { id: 4_000_000_001, login: 'karl' } });
  for (const entry of told.later.diary) {
    if (entry.what === 'job' && entry.job === 'recheck') entry.outcome = outcome;
  }
  const line = lineOf('stays', 12, 'updated', begin + 26 * hour);
  told.second.rows = [{ ...rowsOf(told).second, gist_owner_login: login, seq: 12 }];
  told.second.changes = [...told.second.changes, line];
  Object.assign(told.second.manifest, { log_seq: 12 });
}

test('what a recheck found before it was killed may be listed', async () => {
  const told = story();
  killed(told, 'karl');
  expect(await tell(told)).toEqual([]);
});

test('what GitHub showed neither then nor at the recheck before may not', async () => {
  const told = story();
  killed(told, 'hugo');
  const [only, ...more] = await tell(told);
  expect(only).toMatch(/^promise 2: .+ says hugo /);
  expect(more).toEqual([]);
});

test.each([
  ['killed', 0],
  ['refused', 2],
] as const)('of what a recheck that is %s suspended, %i are complained of', async (outcome, count) => {
  const told = story();
  killed(told, 'karl', outcome);
  told.later.github[stays] = null;
  told.later.diary.push({
    at: begin + 25 * hour,
    what: 'touched',
    gist_id: stays,
    how: 'deleted',
    harms: true,
  });
  const line = lineOf('stays', 12, 'suspended', begin + 26 * hour);
  told.second.rows = [];
  told.second.changes = [...told.second.removed, line];
  told.second.removed = told.second.changes;
  const complaints = await tell(told);
  expect(complaints.filter((one) => one.endsWith('is approved and there, and is not listed'))).toHaveLength(
    count,
  );
  expect(complaints).toHaveLength(count);
});

const uncaused = async (told: Story) => (await tell(told)).filter((one) => one.includes('nobody did that'));

test('a suspension that only an outage explains has no cause', async () => {
  const told = story();
  told.later.github = {};
  forget(told, 'touched', 'deleted');
  expect(await uncaused(told)).toHaveLength(1);
});

test('a suspension of what GitHub shows otherwise has one, whoever did that', async () => {
  const told = story();
  forget(told, 'touched', 'deleted');
  expect(await uncaused(told)).toEqual([]);
});

test('a gist that is there is not given up', async () => {
  const told = story();
  const at = begin + 26 * hour;
  told.later.github = {};
  const lines = [
    ...told.second.removed.slice(0, 2),
    lineOf('deleted', 11, 'suspended', at - 25 * hour),
    lineOf('deleted', 12, 'gone', at),
  ];
  told.second.changes = lines;
  told.second.removed = lines;
  Object.assign(told.second.manifest, { log_seq: 12 });
  expect((await uncaused(told)).filter((one) => one.includes(' is gone '))).toHaveLength(1);
});

test.each(broken)('promise %i: %s', async (promise, _what, breaks) => {
  const told = story();
  breaks(told);
  const complaints = await tell(told);
  expect(complaints.map((sentence) => sentence.slice(0, 9))).toContain(`promise ${promise}`);
});
