import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { endOf } from '../testing.ts';
import { fakeToken, indexOfTests, startIndex } from './testing.ts';

vi.setConfig({ testTimeout: 120_000 });

const index = indexOfTests(startIndex);

const program = join(import.meta.dirname, 'index.ts');

function environment(): Record<string, string> {
  const { origin } = index.standin;
  return {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: index.fresh.as.jobs.url,
    GITHUB_CLIENT_ID: 'app',
    GITHUB_CLIENT_SECRET: 'secret',
    GITHUB_SERVER_URL: origin,
    GITHUB_API_URL: origin,
    GITHUB_GRAPHQL_URL: `${origin}/graphql`,
    GIST_RAW_URL: origin,
  };
}

/** Runs the job as an operator does. */
const reinspectFromShell = (args: string[], env: Record<string, string> = {}) =>
  endOf('reinspect', args, { cwd: tmpdir(), env: { ...environment(), ...env } });

test('it tells what it did, then that there is nothing to do, and prints no token', async () => {
  await index.taken('clean', 'x');
  const leaky = await index.taken('leaky', `token ${fakeToken}`);
  const first = await reinspectFromShell([]);
  expect(first).toMatchObject({ code: 0, stdout: 'Inspected: 2.\nSuspended for a secret: 1.\n' });
  expect(first.stderr).toContain(`Gist ${leaky} holds a secret: it is suspended.\n`);
  expect(first.stdout + first.stderr).not.toContain(fakeToken.slice(0, 8));
  expect(await reinspectFromShell([])).toEqual({
    code: 0,
    stdout: 'Every row was inspected by the rules of today.\n',
    stderr: '',
  });
});

test('--json prints one object, and --dry-run writes nothing', async () => {
  await index.taken('clean', 'x');
  const { code, stdout } = await reinspectFromShell(['--json', '--dry-run']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ dry_run: true, due: 1, kept: 1, failed: 0 });
  expect((await index.db.query("select from inspection where scanner_version = '0'")).rowCount).toBe(1);
});

test('a rate limit is one sentence and exit code 1', async () => {
  await index.taken('limited', 'x');
  index.standin.setFaults(['rate_limit']);
  const { code, stdout, stderr } = await reinspectFromShell([]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^reinspect: GitHub is limiting our requests\. Run this again in \d+ s, .+$/m);
});

test('killed in the middle and run again, everything is done, and once', async () => {
  for (let i = 0; i < 6; i++) await index.taken(`kill-${i}`, `token ${fakeToken}`);
  index.standin.setFaults(['slow=300:gists']);
  const child = spawn(process.execPath, [program], { env: environment(), stdio: 'ignore' });
  const ended = once(child, 'exit');
  await vi.waitFor(async () => expect(await suspended()).toBeGreaterThan(1), {
    timeout: 60_000,
    interval: 20,
  });
  child.kill('SIGKILL');
  await ended;

  const { rows } = await index.db.query(
    `select from submission join inspection using (gist_id, revision)
      where (scanner_version <> '0') <> (state = 'changed')`,
  );
  expect(rows).toHaveLength(0);
  const before = await suspended();
  expect(before).toBeLessThan(6);
  index.standin.setFaults([]);
  expect(await reinspectFromShell([])).toMatchObject({ code: 0 });
  expect(await suspended()).toBe(6);
});

/** Log rows that say so. */
async function suspended(): Promise<number> {
  return (await index.db.query("select from moderation_log where move = 'suspect'")).rowCount;
}

test.each([['0'], ['-1'], ['many'], ['1.5']])('--limit %s is refused with exit code 2', async (limit) => {
  const { code, stderr } = await reinspectFromShell([`--limit=${limit}`]);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'reinspect: --limit must be a whole number from 1.\n',
  });
});

test('without an OAuth app it says what to set', async () => {
  const { code, stderr } = await reinspectFromShell([], { GITHUB_CLIENT_ID: '', GITHUB_CLIENT_SECRET: '' });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^reinspect: GITHUB_CLIENT_ID is not set.+\.env\.example\.\n$/);
});
