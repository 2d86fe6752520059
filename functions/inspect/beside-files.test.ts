import { expect, test } from 'vitest';
import type { Gist } from '#domain/gist.ts';
import { shownNames, textAround } from './beside-files.ts';
import { fakeToken } from './testing.ts';

const gist = (description: string | null, ...names: string[]): Gist => ({
  id: 'a'.repeat(32),
  nodeId: 'G_a',
  url: 'https://gist.github.com/ada/a',
  description,
  public: true,
  forkOf: null,
  owner: { id: '1', login: 'ada' },
  revision: 'b'.repeat(40),
  updatedAt: '2026-01-01T00:00:00Z',
  filesTruncated: false,
  files: names.map((name) => ({ name, bytes: 1, gitBlobSha: 'c'.repeat(40), rawUrl: 'https://raw.test/x' })),
});

test('a token in the description is found, at its line', async () => {
  const found = await textAround(gist(`The pond\nPush with ${fakeToken}`, 'a.jsonl'), new Set());
  expect(found).toMatchObject([{ file: '(description)', line: 2, severity: 'high', declared_false: false }]);
  expect(JSON.stringify(found)).not.toContain(fakeToken.slice(4));
});

test('a token in a file name is found by the name’s place, and the name is repeated nowhere', async () => {
  const leaky = gist('The pond', 'a.jsonl', `${fakeToken}.jsonl`, 'c.jsonl');
  const found = await textAround(leaky, new Set());
  expect(found).toMatchObject([{ file: '(file names)', line: 2, severity: 'high' }]);
  expect(shownNames(leaky, found)).toEqual(['a.jsonl', '(file 2)', 'c.jsonl']);
  expect(JSON.stringify(found)).not.toContain(fakeToken.slice(4));
});

test('what is declared of a name holds when files come beside it, and the name is shown again', async () => {
  const [finding] = await textAround(gist(null, `${fakeToken}.jsonl`), new Set());
  const more = gist(null, 'a.jsonl', `${fakeToken}.jsonl`);
  const found = await textAround(more, new Set([finding?.fingerprint ?? '']));
  expect(found).toMatchObject([{ file: '(file names)', line: 2, declared_false: true }]);
  expect(shownNames(more, found)).toEqual(['a.jsonl', `${fakeToken}.jsonl`]);
});

test('a mail address in a name keeps the gist out, because names are published as they are', async () => {
  const named = gist(null, 'grace.brewster@tides-office.net.jsonl', 'b.jsonl');
  const found = await textAround(named, new Set());
  expect(found.map(({ file, line, severity }) => ({ file, line, severity }))).toEqual([
    { file: '(file names)', line: 1, severity: 'high' },
  ]);
  expect(shownNames(named, found)).toEqual(['(file 1)', 'b.jsonl']);
  const [finding] = found;
  const declared = await textAround(named, new Set([finding?.fingerprint ?? '']));
  expect(shownNames(named, declared)).toEqual(named.files.map(({ name }) => name));
});

test.each(['ada@2026.jsonl', 'grace@laptop.traj.json', 'tide@v2.md'])('%s is no address', async (name) => {
  expect(await textAround(gist(null, name), new Set())).toEqual([]);
});

test('a line break in a name does not move the others', async () => {
  const found = await textAround(gist(null, 'a\nb', `${fakeToken}`), new Set());
  expect(found).toMatchObject([{ file: '(file names)', line: 2 }]);
});

test('plain words, or none, give nothing', async () => {
  expect(await textAround(gist('Count the frogs', 'session.jsonl'), new Set())).toEqual([]);
  expect(await textAround(gist(null), new Set())).toEqual([]);
});
