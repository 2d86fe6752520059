import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { linesWith } from './line-search.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lines-'));
  path = join(folder, 'lines');
});
afterEach(() => rm(folder, { recursive: true }));

test('lines that hold the text come whole, in their order, and each once', async () => {
  await writeFile(path, 'x a x a\nb\nüa\n\na');
  expect(await linesWith(path, 'a', 9)).toEqual(['x a x a', 'üa', 'a']);
  expect(await linesWith(path, 'b', 9)).toEqual(['b']);
  expect(await linesWith(path, 'c', 9)).toEqual([]);
});

test('of too many lines the last ones come', async () => {
  await writeFile(path, 'a1\na2\na3\n');
  expect(await linesWith(path, 'a', 2)).toEqual(['a2', 'a3']);
});

test('an empty file has no line', async () => {
  await writeFile(path, '');
  expect(await linesWith(path, 'a', 2)).toEqual([]);
});

test('a line that lies across two portions is found wherever the cut goes', async () => {
  const sought = '"gist_id":"0123456789abcdef"';
  for (const before of [1 << 20, (1 << 20) - 1, (1 << 20) - 10, (1 << 20) - sought.length - 1]) {
    const fill = `${'y'.repeat(99)}\n`.repeat(Math.ceil(before / 100)).slice(-before + 1);
    await writeFile(path, `${fill}\n${sought}\n${fill}`);
    expect(await linesWith(path, sought, 9)).toEqual([sought]);
  }
});

test('a file of one endless line is refused, and not read into memory', async () => {
  await writeFile(path, 'y'.repeat(3 << 20));
  await expect(linesWith(path, 'a', 2)).rejects.toThrow(/has a line of more than 1048576 bytes/);
});

test('a file that is missing is an error', async () => {
  await expect(linesWith(path, 'a', 2)).rejects.toThrow(/ENOENT/);
});
