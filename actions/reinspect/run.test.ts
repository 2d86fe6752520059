import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { copyChanges, hasChangesAfter } from '#sql/queries/dataset.ts';
import { fakeToken, indexOfTests, reinspect, startIndex } from './testing.ts';

vi.setConfig({ testTimeout: 120_000 });

const index = indexOfTests(startIndex);

async function row(gistId: string): Promise<Record<string, unknown>> {
  const { rows } = await index.db.query(
    `select state, presence, scan, scanner_version <> '0' as current, json_array_length(result -> 'findings') as findings
       from submission left join inspection using (gist_id, revision) where gist_id = $1`,
    [gistId],
  );
  return rows[0] ?? {};
}

async function told(): Promise<unknown[]> {
  const lines = await index.db.transaction((tx) =>
    text(copyChanges(tx, 0, ['added', 'updated', 'suspended'])),
  );
  return lines
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [, kind, , , , , reason] = line.split('\t');
      return [kind, reason === '\\N' ? null : reason];
    });
}

test('what was inspected by other rules is inspected again, and a second run finds nothing to do', async () => {
  const [approved, pending] = [await index.taken('a', 'x'), await index.taken('b', 'y', 'pending')];
  const outcome = await reinspect(index);
  expect(outcome).toMatchObject({ kind: 'done', due: 2, counts: { kept: 2, suspect: 0, failed: 0 } });
  expect(await row(approved)).toMatchObject({ state: 'approved', current: true });
  expect(await row(pending)).toMatchObject({ state: 'pending', current: true });
  index.standin.setFaults(['down']);
  expect(await reinspect(index)).toMatchObject({ kind: 'done', due: 0 });
});

test('an approved row that holds a secret is suspended, with a coarse reason in public', async () => {
  const gistId = await index.taken('leaky', `token ${fakeToken}`);
  const lines: string[] = [];
  const outcome = await reinspect(index, { log: (line) => lines.push(line) });
  expect(outcome.counts).toMatchObject({ suspect: 1, kept: 0 });
  expect(lines).toEqual([`Gist ${gistId} holds a secret: it is suspended.`]);
  expect(await row(gistId)).toEqual({
    state: 'changed',
    presence: 'suspended',
    scan: null,
    current: true,
    findings: 1,
  });
  expect(await told()).toEqual([
    ['added', null],
    ['suspended', 'policy'],
  ]);
});

test('a pending row that holds a secret stays where it is, with what was found', async () => {
  const gistId = await index.taken('leaky-pending', `token ${fakeToken}`, 'pending');
  await reinspect(index);
  expect(await row(gistId)).toMatchObject({ state: 'pending', findings: 1 });
});

test('a listed row that was never inspected gets what is known, and the dataset tells of an update', async () => {
  const gistId = await index.taken('old', 'x');
  await index.db.query('delete from inspection');
  const { counts } = await reinspect(index);
  expect(counts).toMatchObject({ update: 1 });
  expect(await row(gistId)).toMatchObject({ state: 'approved', presence: 'listed', scan: 'clean' });
  expect(await told()).toEqual([
    ['added', null],
    ['updated', null],
  ]);
});

const address = 'grace.brewster@tides-office.net';
const described = (name: string, description: string) =>
  index.write(name, { '.gist.json': JSON.stringify({ description }) });

async function titleOf(gistId: string): Promise<unknown> {
  const { rows } = await index.db.query('select title from submission where gist_id = $1', [gistId]);
  return rows[0]?.title;
}

async function everySubmission(): Promise<string> {
  const { rows } = await index.db.query('select to_json(submission)::text as row from submission');
  return rows.map(({ row: text }) => text).join('\n');
}

test('a listed title in which personal data is found is one no longer, and the dataset tells of an update', async () => {
  described('asked', `Ask ${address}`);
  const gistId = await index.taken('asked', 'x');
  expect(await titleOf(gistId)).toContain(address);
  expect((await reinspect(index)).counts).toMatchObject({ update: 1 });
  expect(await titleOf(gistId)).toBe('session.jsonl');
  expect(await told()).toEqual([
    ['added', null],
    ['updated', null],
  ]);
  expect(await everySubmission()).not.toContain(address);
});

test('a pending title in which personal data is found is one no longer', async () => {
  described('asked-pending', `Ask ${address}`);
  await index.taken('asked-pending', 'x', 'pending');
  expect((await reinspect(index)).counts).toMatchObject({ kept: 1 });
  expect(await everySubmission()).not.toContain(address);
});

test('a secret in a description or a file name is in no row once it was found', async () => {
  described('leaky-words', `Push with ${fakeToken}`);
  await index.taken('leaky-words', 'x');
  index.write('leaky-name', { [`${fakeToken}.jsonl`]: 'x' });
  await index.taken('leaky-name', 'x', 'pending');
  expect((await reinspect(index)).counts).toMatchObject({ suspect: 1, kept: 1 });
  expect(await everySubmission()).not.toContain(fakeToken.slice(4));
});

test('a description edited since is no title before a moderator has read it', async () => {
  described('renamed', 'Count the frogs');
  const gistId = await index.taken('renamed', 'x');
  described('renamed', 'Buy frogs here');
  expect((await reinspect(index)).counts).toMatchObject({ kept: 1 });
  expect(await titleOf(gistId)).toBe('Count the frogs');
  described('renamed', `Ask ${address}`);
  await index.db.query("update inspection set scanner_version = '0'");
  await reinspect(index);
  expect(await titleOf(gistId)).toBe('Count the frogs');
});

test('a title its owner declares to be free of personal data stays', async () => {
  const description = `Ask ${address}`;
  described('declared', description);
  const gistId = await index.taken('declared', 'x', 'pending');
  await reinspect(index);
  const { rows } = await index.db.query<{ print: string }>(
    "select result -> 'findings' -> 0 ->> 'fingerprint' as print from inspection where gist_id = $1",
    [gistId],
  );
  const declaration = { schema_version: '1.0.0', false_positives: [rows[0]?.print] };
  index.write('declared-too', { 'openagentsessions.json': JSON.stringify(declaration) });
  described('declared-too', description);
  const other = await index.taken('declared-too', 'x');
  await reinspect(index);
  expect(await titleOf(other)).toBe(description);
});

test('a newer ruleset alone is nothing to tell', async () => {
  await index.taken('same', 'x');
  const head = await index.db.query<{ seq: string }>('select seq from log_head');
  await reinspect(index);
  expect(await hasChangesAfter(index.db, Number(head.rows[0]?.seq))).toBe(false);
});

test.each([
  ['edited', () => index.write('gone-on', { 'session.jsonl': 'edited' })],
  ['secret by now', () => index.write('gone-on', { '.gist.json': '{"public":false}' })],
  ['deleted', () => index.remove('gone-on')],
])('a gist that is %s is left to the recheck', async (_, change) => {
  index.write('gone-on', { '.gist.json': '{"public":true}' });
  const gistId = await index.taken('gone-on', `token ${fakeToken}`);
  change();
  const { counts } = await reinspect(index);
  expect(counts).toMatchObject({ left: 1, suspect: 0, kept: 0 });
  expect(await row(gistId)).toMatchObject({ state: 'approved', current: false });
});

test('while GitHub fails nothing changes; a long outage ends the run', async () => {
  const gistIds: string[] = [];
  for (let i = 0; i < 12; i++) gistIds.push(await index.taken(`down-${i}`, `token ${fakeToken}`));
  index.standin.setFaults(['nonsense']);
  const outcome = await reinspect(index);
  expect(outcome).toMatchObject({ kind: 'down', due: 12, counts: { failed: 10, suspect: 0 } });
  for (const gistId of gistIds)
    expect(await row(gistId)).toMatchObject({ state: 'approved', current: false });
  index.standin.setFaults([]);
  expect((await reinspect(index)).counts).toMatchObject({ suspect: 12 });
});

test('a file that does not come is one row that stays as it is, and the others go on', async () => {
  const large = await index.taken('large', `${'x'.repeat(1024 * 1024)}xx`);
  const small = await index.taken('small', 'x');
  index.standin.setFaults(['raw_other_bytes']);
  const outcome = await reinspect(index);
  expect(outcome).toMatchObject({ kind: 'done', counts: { failed: 1, kept: 1 } });
  expect(await row(large)).toMatchObject({ current: false });
  expect(await row(small)).toMatchObject({ current: true });
});

test('where no file of many gists comes, that is an outage of their host', async () => {
  for (let i = 0; i < 10; i++) await index.taken(`large-${i}`, `${'x'.repeat(1024 * 1024)}xx`);
  index.standin.setFaults(['raw_other_bytes']);
  expect(await reinspect(index)).toMatchObject({ kind: 'down', counts: { failed: 10 } });
});

test('many gists whose files never come keep it from no other', async () => {
  for (let i = 0; i < 12; i++) await index.taken(`large-${i}`, `${'x'.repeat(1024 * 1024)}xx`);
  const last = await index.taken('last', `token ${fakeToken}`);
  await index.db.query('update inspection set inspected_at = now() where gist_id = $1', [last]);
  index.standin.setFaults(['raw_other_bytes']);
  expect(await reinspect(index)).toMatchObject({ kind: 'done', counts: { failed: 12, suspect: 1 } });
});

test('a rate limit ends the run, saying how long to wait', async () => {
  await index.taken('limited', 'x');
  index.standin.setFaults(['secondary_limit=90']);
  expect(await reinspect(index)).toMatchObject({ kind: 'limited', retryAfter: 90, counts: { kept: 0 } });
});

test('a withdrawal while the gist is inspected has the last word', async () => {
  const gistId = await index.taken('withdrawn', `token ${fakeToken}`);
  const now = () => new Date();
  let asked = 0;
  // The job asks for the time between looking and writing.
  const outcome = await reinspect(index, {
    now: () => {
      asked += 1;
      return now();
    },
    db: {
      ...index.db,
      transaction: async (work, mode) => {
        if (asked > 0) await index.move(gistId, 'withdraw');
        return index.db.transaction(work, mode);
      },
    },
  });
  expect(outcome.counts).toMatchObject({ outdated: 1, suspect: 0 });
  expect(await row(gistId)).toMatchObject({ state: 'withdrawn', presence: 'departed', current: false });
});

test('two runs at once suspend once', async () => {
  const gistId = await index.taken('twice', `token ${fakeToken}`);
  const outcomes = await Promise.all([reinspect(index), reinspect(index), reinspect(index)]);
  expect(outcomes.reduce((sum, { counts }) => sum + counts.suspect, 0)).toBe(1);
  const { rows } = await index.db.query("select from moderation_log where move = 'suspect'");
  expect(rows).toHaveLength(1);
  expect(await row(gistId)).toMatchObject({ state: 'changed' });
});

test('with a limit the rest is left for the next run, and the longest ago come first', async () => {
  const [recent, old] = [await index.taken('recent', 'x'), await index.taken('older', 'y')];
  await index.db.query(`update inspection set inspected_at = '2025-01-01' where gist_id = $1`, [old]);
  expect(await reinspect(index, { limit: 1 })).toMatchObject({ due: 1, counts: { kept: 1 } });
  expect([await row(old), await row(recent)]).toMatchObject([{ current: true }, { current: false }]);
});

test('a dry run tells what would be, and writes nothing', async () => {
  const gistId = await index.taken('dry', `token ${fakeToken}`);
  const lines: string[] = [];
  const outcome = await reinspect(index, { dryRun: true, log: (line) => lines.push(line) });
  expect(outcome.counts).toMatchObject({ suspect: 1 });
  expect(lines).toEqual([`Gist ${gistId} holds a secret: it would be suspended.`]);
  expect(await row(gistId)).toMatchObject({ state: 'approved', current: false });
});

test('told to stop, it finishes the row in hand', async () => {
  const gistIds = [await index.taken('stop-a', 'x'), await index.taken('stop-b', 'y')];
  const stop = new AbortController();
  const now = () => {
    stop.abort(new Error('stopped'));
    return new Date();
  };
  await expect(reinspect(index, { now, signal: stop.signal })).rejects.toThrow('stopped');
  const current = await Promise.all(gistIds.map(async (gistId) => (await row(gistId)).current));
  expect(current.filter(Boolean)).toHaveLength(1);
});
