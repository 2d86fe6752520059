import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openDatabase } from './open.ts';
import { emptyDatabase, silent } from './testing.ts';

// Embedded databases start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

test('with DATABASE_URL the server is used', async () => {
  const { url, close } = await emptyDatabase();
  const database = await openDatabase({ databaseUrl: url, log: silent });
  expect(database.kind).toBe('server');
  expect((await database.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  await database.close();
  await close();
});

test('without DATABASE_URL the embedded database is made in the data folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'openagentsessions-test-'));
  const dataDir = join(folder, 'new', '.data');
  const database = await openDatabase({ databaseUrl: null, dataDir, log: silent });
  expect(database.kind).toBe('embedded');
  expect((await database.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  await database.close();
  rmSync(folder, { recursive: true });
});
