import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { standinGistId } from '#github/standin/ids.ts';
import { openDatabase } from '#sql/open.ts';
import { devFolder, endDev, startDev } from '../dev/testing.ts';
import { signInAs } from '../dev/visitor.ts';
import { runProgram } from '../testing.ts';

test('beside development it reads the gists that development serves, and needs no OAuth app', async () => {
  const folder = await devFolder();
  await mkdir(join(folder, 'gists/ada/first'), { recursive: true });
  await writeFile(join(folder, 'gists/ada/first/session.jsonl'), '{}\n');
  const dev = await startDev(folder);
  onTestFinished(() => endDev(dev));
  const ada = await signInAs('ada', dev.url);
  const offer = { gist_url: standinGistId('ada', 'first'), license: 'MIT', attested: true };
  expect((await ada.post('/api/submissions', offer)).status).toBe(201);

  const dataDir = join(folder, (await readFile(join(folder, '.data/current'), 'utf8')).trim());
  const log = { info() {}, warn() {} };
  const database = await openDatabase({ databaseUrl: null, dataDir, log });
  await database.query('delete from inspection');
  await database.close();
  expect(await runProgram('reinspect', [], { cwd: folder })).toBe('Inspected: 1.\n');
}, 60_000);
