import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { emptyDatabase, type FreshDatabase, silent } from '#sql/testing.ts';
import { JobFailure } from '../failure.ts';
import { runMigrate } from './run.ts';

// Embedded databases start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let fresh: FreshDatabase;
let directory: string;
let schemaFile: string;

beforeEach(async () => {
  fresh = await emptyDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'openagentsessions-test-'));
  directory = mkdtempSync(join(folder, 'migrations-'));
  schemaFile = join(folder, 'schema.sql');
  writeFileSync(join(directory, '0001_first.sql'), 'create table first (n int)');
});
afterEach(async () => {
  await fresh.close();
  rmSync(join(directory, '..'), { recursive: true });
});

async function printed(dump?: 'write' | 'check'): Promise<string[]> {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  await runMigrate({ database: fresh.db, log: silent, directory, schemaFile, dump, print });
  return lines;
}

test('says what was applied, then that nothing is left', async () => {
  expect(await printed()).toEqual(['Applied 0001_first.sql.']);
  expect(await printed()).toEqual(['Nothing to apply; schema at 0001.']);
});

test('writes the schema, finds it unchanged, and fails once a migration changes it', async () => {
  expect(await printed('write')).toEqual(['Applied 0001_first.sql.', `Wrote ${schemaFile}.`]);
  expect(readFileSync(schemaFile, 'utf8')).toContain('create table first (\n  n integer\n);\n');
  expect(await printed('check')).toContain(`${schemaFile} is the schema of this database.`);
  writeFileSync(join(directory, '0002_second.sql'), 'alter table first add column m int');
  await expect(printed('check')).rejects.toThrow(JobFailure);
  await printed('write');
  await printed('check');
});
