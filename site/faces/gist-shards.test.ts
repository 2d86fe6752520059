import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cutShards, readShard } from './gist-shards.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shards-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** The shards of a file with these lines, at most `most` in each. */
async function shardsOf(lines: readonly string[], most: number): Promise<string[][]> {
  const file = join(folder, 'urls.txt');
  await writeFile(file, lines.map((line) => `${line}\n`).join(''));
  const shards = await cutShards(file, lines.length, most);
  return Promise.all(shards.map((shard) => readShard(file, shard)));
}

test.each([
  [0, []],
  [1, [['1']]],
  [3, [['3', '2', '1']]],
  [4, [['3', '2', '1'], ['4']]],
  [7, [['3', '2', '1'], ['6', '5', '4'], ['7']]],
])(
  '%i lines, newest first, in shards of three: what is new changes the last alone',
  async (count, shards) => {
    const lines = Array.from({ length: count }, (_, index) => String(count - index));
    expect(await shardsOf(lines, 3)).toEqual(shards);
  },
);

test('lines of any length are whole, also across the blocks a file is read in', async () => {
  const lines = Array.from({ length: 5000 }, (_, index) => `${index}:${'x'.repeat((index * 7919) % 1000)}`);
  const shards = await shardsOf(lines, 999);
  expect(shards.map((shard) => shard.length)).toEqual([999, 999, 999, 999, 999, 5]);
  expect(shards.toReversed().flat()).toEqual(lines);
});

test('a file with fewer lines than its manifest says is refused', async () => {
  const file = join(folder, 'urls.txt');
  await writeFile(file, 'one\ntwo\n');
  await expect(cutShards(file, 3, 2)).rejects.toThrow('has 2 lines; its manifest says 3');
});
