import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { startClientProgram } from './client-program.ts';

/** Starts a pg_dump that prints its arguments and the password it was given, and gives its lines. */
async function told(databaseUrl: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'openagentsessions-client-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const script = '#!/bin/sh\nprintf "%s\\n" "$@" "password $PGPASSWORD"\n';
  writeFileSync(join(folder, 'pg_dump'), script, { mode: 0o755 });
  const world = { env: { PATH: `${folder}:/usr/bin:/bin` }, signal: new AbortController().signal };
  const { stdout, ended } = startClientProgram('pg_dump', databaseUrl, ['--format=custom'], world);
  const printed = await text(stdout);
  await ended;
  return printed.trimEnd().split('\n');
}

test('everybody on the machine sees the arguments, and no password among them', async () => {
  expect(await told('postgres://backup:a%20secret@127.0.0.1:5432/index')).toEqual([
    '--dbname=postgres://backup@127.0.0.1:5432/index',
    '--no-password',
    '--format=custom',
    'password a secret',
  ]);
});

test('an address that ends as the original’s does is one that pg_dump knows', async () => {
  const [address] = await told('postgres://backup@127.0.0.1:5432/index?schema=public&connect_timeout=5');
  expect(address).toBe('--dbname=postgres://backup@127.0.0.1:5432/index?connect_timeout=5');
});
