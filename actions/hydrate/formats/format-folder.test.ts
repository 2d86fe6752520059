import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { samples } from '#domain/transcript/fuzz-samples.ts';
import type { Shard } from '../../copy/layout.ts';
import { inShard } from '../in-shard.ts';
import { type Format, formats, openFormat } from './open-format.ts';
import { emptyFolder, everything, filesOf, rowOf } from './testing.ts';

const whole = { index: 1, of: 1 };
const claude = samples['claude-code'] ?? '';

/** Two letters whose gists are of the shard, of two. */
function lettersOf(index: number): string {
  return [...'acdef0123456789']
    .filter((letter) => inShard(rowOf(letter).gist_id, { index, of: 2 }))
    .slice(0, 2)
    .join('');
}

/** Writes gists, each of the same session, and ends. */
async function write(format: Format, copy: string, letters: string, shard: Shard = whole): Promise<void> {
  const writer = await openFormat(format, copy, shard);
  for (const letter of letters) await writer.add(rowOf(letter), filesOf({ 'a.jsonl': claude }));
  await writer.end();
}

test.each(formats)('%s: the same gists give the same bytes, whatever was there', async (format) => {
  const [one, other] = [emptyFolder(), emptyFolder()];
  await write(format, one, 'acd');
  await write(format, other, 'aef');
  await write(format, other, 'acd');
  expect(everything(other)).toEqual(everything(one));
  expect(readdirSync(join(one, '.part/formats'))).toEqual([]);
});

test.each(formats)(
  '%s: what was there holds until the new is whole, and when it is given up',
  async (format) => {
    const copy = emptyFolder();
    await write(format, copy, 'acd');
    const before = everything(join(copy, format));
    const writer = await openFormat(format, copy, whole);
    await writer.add(rowOf('e'), filesOf({ 'a.jsonl': claude }));
    expect(everything(join(copy, format))).toEqual(before);
    await writer.abort();
    expect(everything(copy)).toEqual(
      Object.fromEntries(Object.entries(before).map(([path, text]) => [join(format, path), text])),
    );
  },
);

test.each(formats)(
  '%s: shards stand beside each other, and in the place of all other divisions',
  async (format) => {
    const copy = emptyFolder();
    const [first, second] = [lettersOf(1), lettersOf(2)];
    const last = second.slice(1);
    await write(format, copy, first + second);
    await write(format, copy, first, { index: 1, of: 2 });
    await write(format, copy, second, { index: 2, of: 2 });
    await write(format, copy, last, { index: 2, of: 2 });
    const [one, two] = [emptyFolder(), emptyFolder()];
    await write(format, one, first, { index: 1, of: 2 });
    await write(format, two, last, { index: 2, of: 2 });
    expect(everything(copy)).toEqual({ ...everything(one), ...everything(two) });
    await write(format, copy, 'f');
    const alone = emptyFolder();
    await write(format, alone, 'f');
    expect(everything(copy)).toEqual(everything(alone));
  },
);

test('of shards that end at once, none takes away what another has just put there', async () => {
  const copy = emptyFolder();
  const [ofFirst, ofSecond] = [lettersOf(1), lettersOf(2)];
  await write('sts', copy, [...ofFirst, ...ofSecond].sort().join(''));
  const list = readFileSync(join(copy, 'sts/dropped.ndjson'), 'utf8');
  await write('sts', copy, ofSecond.slice(0, 1), { index: 2, of: 2 });
  // The first read the list of what was there before the second took it away.
  writeFileSync(join(copy, 'sts/dropped.ndjson'), list);
  await write('sts', copy, ofFirst.slice(0, 1), { index: 1, of: 2 });
  const [one, two] = [emptyFolder(), emptyFolder()];
  await write('sts', one, ofFirst.slice(0, 1), { index: 1, of: 2 });
  await write('sts', two, ofSecond.slice(0, 1), { index: 2, of: 2 });
  expect(everything(copy)).toEqual({ ...everything(one), ...everything(two) });
});

test('what a run that was killed at its end left is taken away by the next', async () => {
  const copy = emptyFolder();
  await write('sts', copy, 'acd');
  renameSync(join(copy, 'sts/dropped.ndjson'), join(copy, 'sts/dropped.ndjson.next'));
  await write('sts', copy, 'c');
  const alone = emptyFolder();
  await write('sts', alone, 'c');
  expect(everything(copy)).toEqual(everything(alone));
});

test('a list that names other files takes nothing away', async () => {
  const copy = emptyFolder();
  mkdirSync(join(copy, 'store'));
  writeFileSync(join(copy, 'store/kept'), '');
  writeFileSync(join(copy, 'kept.jsonl'), '');
  await write('sts', copy, 'a');
  writeFileSync(join(copy, 'sts/notes.jsonl'), '');
  const line = { gist_id: 'a', record_id: 'r', gist_version: 'b', file: 'x', session: 1, dropped: {} };
  for (const paths of [['../store/kept'], ['../kept.jsonl'], ['aa/../../kept.jsonl'], ['notes.jsonl'], ['']])
    appendFileSync(join(copy, 'sts/dropped.ndjson'), `${JSON.stringify({ ...line, paths })}\n{"paths":\n`);
  await write('sts', copy, 'c');
  for (const kept of ['store/kept', 'kept.jsonl', 'sts/notes.jsonl'])
    expect(existsSync(join(copy, kept))).toBe(true);
  expect(existsSync(join(copy, 'sts/aa'))).toBe(true);
  expect(readdirSync(join(copy, 'sts/aa'))).toEqual([]);
});

test('a raw file that is not there is said, and what was there stays', async () => {
  const copy = emptyFolder();
  await write('messages', copy, 'a');
  const before = everything(copy);
  const writer = await openFormat('messages', copy, whole);
  const missing = join(copy, 'nowhere');
  await expect(writer.add(rowOf('c'), [{ name: 'a.jsonl', path: missing }])).rejects.toMatchObject({
    code: 'ENOENT',
    path: missing,
  });
  await writer.abort();
  expect(everything(copy)).toEqual(before);
});
