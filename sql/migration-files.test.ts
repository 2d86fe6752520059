import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MigrationRefused, migrationsHash, readMigrations } from './migration-files.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'openagentsessions-test-'));
  write('0001_first.sql', 'select 1');
  write('0002_second.sql', 'select 2');
});
afterEach(() => rmSync(directory, { recursive: true }));

function write(name: string, sql: string): void {
  writeFileSync(join(directory, name), sql);
}

test('files are read in order, with their numbers; hidden files are not migrations', () => {
  write('.DS_Store', '');
  expect(readMigrations(directory)).toMatchObject([
    { number: 1, name: '0001_first.sql', sql: 'select 1' },
    { number: 2, name: '0002_second.sql', sql: 'select 2' },
  ]);
});

test.each([
  ['0004_late.sql', 'Migration 0003 is missing: 0004_late.sql comes after a gap.'],
  ['0000_early.sql', '0000_early.sql has the number 0000: migrations start at 0001.'],
  ['0002_twice.sql', '0002_second.sql and 0002_twice.sql have one number: renumber the newer one.'],
  ['3_third.sql', '3_third.sql is not called like a migration: rename it to NNNN_name.sql.'],
  ['0003_Third.sql', '0003_Third.sql is not called like a migration: rename it to NNNN_name.sql.'],
  ['notes.txt', 'notes.txt is not called like a migration: rename it to NNNN_name.sql.'],
])('a folder with %s is refused', (name, sentence) => {
  write(name, 'select 1');
  expect(() => readMigrations(directory)).toThrow(new MigrationRefused(sentence));
});

test('the hash over all changes with any of them', () => {
  const hash = () => migrationsHash(readMigrations(directory));
  const before = hash();
  expect(hash()).toBe(before);
  write('0002_second.sql', 'select 3');
  expect(hash()).not.toBe(before);
});
