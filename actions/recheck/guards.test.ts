import { beforeEach, expect, test, vi } from 'vitest';
import { realServer } from '#sql/testing.ts';
import { indexOfTests } from '../reinspect/testing.ts';
import { hoursLater, startIndex } from './testing.ts';

const index = indexOfTests(startIndex);
let canaryGistId: string;
beforeEach(() => {
  canaryGistId = index.write('operator/canary', { 'canary.txt': 'here\n' });
});

const logged = async () =>
  (await index.db.query("select from moderation_log where move in ('lose', 'give_up', 'recover')")).rowCount;

/** Gists of so many owners, one each, of which the first so many are deleted. */
async function owners(count: number, lost: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await index.taken(`owner-${i}/a`);
    if (i < lost) index.remove(`owner-${i}/a`);
  }
}

test('four owners are few, all of them included', async () => {
  await owners(4, 4);
  expect(await index.recheck()).toMatchObject({ ended: { kind: 'done' }, counts: { suspended: 4, held: 0 } });
});

test('five owners of a hundred are few, of ninety-nine too many; --force suspends them', async () => {
  await owners(100, 5);
  expect(await index.recheck({ dryRun: true })).toMatchObject({
    ended: { kind: 'done' },
    counts: { suspended: 5 },
  });
  await index.db.query(
    `update submission set state = 'rejected', presence = 'departed'
      where owner_id = (select owner_id from submission where owner_login = 'owner-50')`,
  );
  const refused = await index.recheck();
  expect(refused.ended).toEqual({ kind: 'refused', lostOwners: 5, checkedOwners: 99 });
  expect(refused.counts).toMatchObject({ suspended: 0, held: 5 });
  expect(await logged()).toBe(0);
  const forced = await index.recheck({ force: true, now: () => hoursLater(1) });
  expect(forced).toMatchObject({ ended: { kind: 'done' }, counts: { suspended: 5, held: 0 } });
});

test('shards together lose no more owners than one run', async () => {
  await owners(40, 12);
  const kinds: string[] = [];
  for (const shard of [1, 2, 3, 4]) {
    const { ended } = await index.recheck({ shard: { index: shard, of: 4 } });
    kinds.push(ended.kind);
  }
  expect(kinds).toContain('refused');
  expect(await logged()).toBeLessThan(5);
});

test.skipIf(!realServer)('shards that are done at the same moment lose no more, either', async () => {
  await owners(40, 12);
  const { db } = index;
  let judging = 0;
  /** Comes back when all four have asked what the others lost, or when they evidently wait for each other. */
  const together = async () => {
    judging += 1;
    await vi.waitFor(() => expect(judging).toBe(4), { timeout: 500 }).catch(() => undefined);
  };
  const connection: typeof db.connection = (work) =>
    db.connection((held) =>
      work({
        ...held,
        query: async (text, values) => {
          const answer = await held.query<never>(text, values);
          if (text.includes('lost_at >=')) await together();
          return answer;
        },
      }),
    );
  const runs = [1, 2, 3, 4].map((shard) =>
    index.recheck({ db: { ...db, connection }, shard: { index: shard, of: 4 } }),
  );
  const kinds = (await Promise.all(runs)).map(({ ended }) => ended.kind);
  expect(kinds).toContain('refused');
  expect(judging).toBeGreaterThan(1);
  expect(await logged()).toBeLessThan(5);
});

test('many gists of four owners are four owners', async () => {
  for (let i = 0; i < 12; i++) {
    await index.taken(`owner-${i % 4}/gist-${i}`);
    index.remove(`owner-${i % 4}/gist-${i}`);
  }
  expect((await index.recheck()).counts).toMatchObject({ suspended: 12 });
});

test('what else was found out is kept when losses are not', async () => {
  await owners(8, 6);
  const edited = index.write('owner-7/a', { 'session.jsonl': '{"edited":true}\n' });
  expect(await index.recheck()).toMatchObject({
    ended: { kind: 'refused' },
    counts: { changed: 1, held: 6 },
  });
  expect(await index.row(edited)).toMatchObject({ state: 'changed' });
});

test('a mass loss is given up as soon as it is certain, with requests left to spend', async () => {
  await owners(20, 20);
  const { ended, counts } = await index.recheck();
  expect(ended).toMatchObject({ kind: 'refused', lostOwners: 5 });
  // A query by GraphQL, and five misses proved.
  expect(counts).toMatchObject({ apiCalls: 6, held: 20 });
  expect(await logged()).toBe(0);
});

test.each([
  ['deleted', () => index.remove('operator/canary')],
  ['secret', () => index.write('operator/canary', { '.gist.json': '{"public":false}' })],
])('while the canary is %s nothing is looked at, with --force neither', async (_, change) => {
  const gistId = await index.taken('ada/a');
  index.remove('ada/a');
  change();
  for (const force of [false, true]) {
    const outcome = await index.recheck({ canaryGistId, force });
    expect(outcome).toMatchObject({
      ended: { kind: 'canary', gistId: canaryGistId },
      counts: { checked: 0 },
    });
  }
  expect(await index.row(gistId)).toMatchObject({ presence: 'listed' });
  expect(await logged()).toBe(0);
  index.remove('operator/canary');
});

test('a canary that goes while the gists are looked at keeps every loss from being applied', async () => {
  const gistId = await index.taken('ada/a');
  index.remove('ada/a');
  let looked = false;
  const outcome = await index.recheck({
    canaryGistId,
    tally: () => {
      if (!looked) index.remove('operator/canary');
      looked = true;
    },
  });
  expect(outcome).toMatchObject({ ended: { kind: 'canary' }, counts: { checked: 1, held: 1, suspended: 0 } });
  expect(await index.row(gistId)).toMatchObject({ presence: 'listed' });
});

test('with its canary in place a loss is applied', async () => {
  await index.taken('ada/a');
  index.remove('ada/a');
  expect(await index.recheck({ canaryGistId })).toMatchObject({
    ended: { kind: 'done' },
    counts: { suspended: 1 },
  });
});
