import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Index, startIndex } from './testing.ts';

/** Thirty-six requests an hour, of which the recheck leaves seven to the site. */
let index: Index;
let canaryGistId: string;
beforeEach(async () => {
  index = await startIndex({ hourlyLimits: { anonymous: 60, authorized: 36 } });
  canaryGistId = index.write('operator/canary', { 'canary.txt': 'here\n' });
});
afterEach(() => index.close());

/** Gists of so many owners; that of the first was looked at longest ago, and is deleted. Reading them all took as many requests. */
async function owners(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await index.taken(`owner-${i}/a`);
  await index.db.query(`update submission set verified_at = '2025-12-01' where owner_login = 'owner-0'`);
  index.remove('owner-0/a');
}

const gistsAsked = () => index.standin.requests.filter(({ path }) => path.startsWith('/gists/')).length;

test('at its share of the hour a run stops, and asks once more to apply what it knows', async () => {
  await owners(20);
  expect(await index.recheck({ canaryGistId })).toMatchObject({
    ended: { kind: 'limited' },
    counts: { checked: 8, suspended: 1, held: 0 },
  });
  expect(gistsAsked()).toBe(30);
});

test('once it has applied what it knows, newer rules leave the site its share, too', async () => {
  await owners(12);
  await index.db.query("update inspection set scanner_version = '0'");
  const outcome = await index.recheck({ canaryGistId });
  expect(outcome).toMatchObject({
    ended: { kind: 'limited' },
    counts: { checked: 12, suspended: 1 },
    reinspected: { kept: 3 },
  });
  expect(gistsAsked()).toBe(29);
});
