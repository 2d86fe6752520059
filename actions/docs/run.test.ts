import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { datasetFields } from '#domain/dataset-row.ts';
import { moves } from '#domain/submission.ts';
import { writeTables } from './run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'openagentsessions-docs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const empty = (title: string) => `Before.\n<!-- begin ${title} -->\n<!-- end ${title} -->\nAfter.\n`;
/** The first column, without head and rule. */
const names = (text: string) => [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);

test('a table goes between its marks, and the rest stays as it is', () => {
  write('dataset.md', empty('row fields'));
  expect(writeTables(folder, false)).toEqual(['dataset.md']);
  const text = read('dataset.md');
  expect(text).toMatch(
    /^Before\.\n<!-- begin row fields -->\n\| field \| type \| meaning \|\n\|---\|---\|---\|\n/,
  );
  expect(text).toMatch(/\n<!-- end row fields -->\nAfter\.\n$/);
  expect(names(text).filter((name) => !name?.includes('[].'))).toEqual(datasetFields);
  expect(text).toContain('| `license` | CC0-1.0 \\| CC-BY-4.0 \\|');
  expect(text).toContain('| `agent_version` | string or null |');
});

test('moves and reasons have theirs, in the order of the code', () => {
  write('moderation.md', empty('moves') + empty('reasons'));
  writeTables(folder, false);
  const text = read('moderation.md');
  expect(names(text).slice(0, Object.keys(moves).length)).toEqual(Object.keys(moves));
  expect(text).toContain('| `clear` | moderator | quarantined → earlier |  |');
  expect(text).toContain('| `secret` | Holds a secret, such as a key or password | `policy` |');
});

test('a check finds an old table and leaves it; written once, nothing changes', () => {
  write('dataset.md', empty('change fields'));
  write('other.md', 'No table.\n');
  expect(writeTables(folder, true)).toEqual(['dataset.md']);
  expect(read('dataset.md')).toBe(empty('change fields'));
  writeTables(folder, false);
  expect(writeTables(folder, true)).toEqual([]);
  write('dataset.md', read('dataset.md').replace('`seq`', '`sequence`'));
  expect(writeTables(folder, true)).toEqual(['dataset.md']);
});

test('a table nobody makes is refused', () => {
  write('dataset.md', empty('colours'));
  expect(() => writeTables(folder, false)).toThrow('asks for a table of colours');
});
