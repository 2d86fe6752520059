import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pathsBelow, pullFrom } from './testing.ts';
import { attacks } from './testing-attacks.ts';
import { removalAttacks } from './testing-removal-attacks.ts';
import { webAttacks } from './testing-web-attacks.ts';
import { type Attack, twoSnapshots } from './testing-world.ts';

describe.each([
  { on: 'what is published', table: attacks },
  { on: 'the removals', table: removalAttacks },
  { on: 'the way', table: webAttacks },
])('attacks on $on', ({ table }) => {
  for (const attack of table) {
    test(`${attack.attack} → ${attack.check}`, () => isRefused(attack));
  }
});

/** It is refused by the check that is for it, and changes neither what latest leads to nor anything outside the copy. */
async function isRefused({ mount, words, now }: Attack): Promise<void> {
  const world = await twoSnapshots();
  await mount(world);
  const outside = () => pathsBelow(world.folder).filter((path) => !path.startsWith('copy/'));
  const before = outside();
  const options = { patience: 300, ...(now && { now: () => now }) };
  const { ok, words: said } = await pullFrom(world.place, world.copy, options);
  expect(said).toMatch(words);
  expect(ok).toBe(false);
  expect(readlinkSync(join(world.copy, 'latest'))).toBe(`snapshots/${world.first}`);
  const latest = join(world.copy, 'latest');
  execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: latest });
  expect(readFileSync(join(latest, 'urls.txt'), 'utf8').split('\n')).toHaveLength(4);
  expect(outside()).toEqual(before);
}

test('where nothing is tampered with, the second snapshot is pulled', async () => {
  const { place, copy, second } = await twoSnapshots();
  expect(await pullFrom(place, copy)).toMatchObject({ ok: true });
  expect(readlinkSync(join(copy, 'latest'))).toBe(`snapshots/${second}`);
});
