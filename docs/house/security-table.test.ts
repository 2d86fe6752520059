import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asvsIds, securityRows, testTitles } from './security-table.ts';
import { root } from './source.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const rows = securityRows(read('docs/security.md'));

test('every requirement has its row, once, in the order of the standard', () => {
  expect(rows.map(({ id }) => id)).toEqual(asvsIds);
});

test('every test that the table names is there', () => {
  const files = new Map<string, string[]>();
  const missing = rows.flatMap(({ id, tests }) =>
    tests
      .filter(({ path, title }) => {
        const titles =
          files.get(path) ?? (existsSync(join(root, path)) ? testTitles({ path, text: read(path) }) : []);
        files.set(path, titles);
        return !titles.includes(title);
      })
      .map(({ path, title }) => `${id}: ${path}: ${title}`),
  );
  expect(missing).toEqual([]);
});

test('a row names one test or more, each by file and title', () => {
  const row =
    '| 3.3.1 | Secure | `functions/http/cookie.ts` | `a/b.test.ts`: a title<br>`c.test.ts`: %s “x” |';
  expect(securityRows(row)).toEqual([
    {
      id: '3.3.1',
      held: '`functions/http/cookie.ts`',
      tests: [
        { path: 'a/b.test.ts', title: 'a title' },
        { path: 'c.test.ts', title: '%s “x”' },
      ],
    },
  ]);
  expect(() => securityRows('| 3.3.1 | Secure | it is | later |')).toThrow('3.3.1 names no test');
});

test('titles are read of tests and groups, however they are begun', () => {
  const text = [
    "test('one', () => { other('none'); });",
    "test.each([['none']])('two %s', () => {});",
    "describe.skipIf(x).each([])('three', () => it(`four`, () => {}));",
    'test.skip(title, () => {});',
  ].join('\n');
  expect(testTitles({ path: 'x.test.ts', text })).toEqual(['one', 'two %s', 'three', 'four']);
});
