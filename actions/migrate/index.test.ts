import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { emptyDatabase, type FreshDatabase } from '#sql/testing.ts';

// Embedded databases start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const program = fileURLToPath(new URL('index.ts', import.meta.url));
let fresh: FreshDatabase;
let folder: string;

beforeAll(async () => {
  fresh = await emptyDatabase();
  folder = mkdtempSync(join(tmpdir(), 'openagentsessions-test-'));
});
afterAll(async () => {
  await fresh.close();
  rmSync(folder, { recursive: true });
});

interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the program with nothing of this process's environment but the way to Node. */
function run(args: string[], env: Record<string, string> = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { PATH: process.env.PATH, ...env } };
    const child = execFile(process.execPath, [program, ...args], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

test('migrates the database of DATABASE_URL, whose schema is the committed one', async () => {
  const first = await run(['--deploy', '--check'], { DATABASE_URL: fresh.url });
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toMatch(/^Applied 0001_\w+\.sql\.$/m);
  const second = await run([], { DATABASE_URL: fresh.url });
  expect(second.stdout).toMatch(/^Nothing to apply; schema at \d{4}\.\n$/);
});

test('without DATABASE_URL migrates the embedded database of the folder it is run in', async () => {
  expect((await run([])).stdout).toMatch(/^Applied 0001_\w+\.sql\.$/m);
  expect((await run([])).stdout).toMatch(/^Nothing to apply/);
});

test('a throwaway database leaves nothing behind, and needs no DATABASE_URL where others do', async () => {
  const before = readdirSync(folder);
  const env = { CI: 'true', TMPDIR: folder };
  const { code, stdout } = await run(['--throwaway', '--check'], env);
  expect(code).toBe(0);
  expect(stdout).toMatch(/schema\.sql is the schema of this database\.\n$/);
  expect(readdirSync(folder)).toEqual(before);
});

test.each([
  ['a deployment without DATABASE_URL', ['--deploy'], {}, 1, /^db:migrate: DATABASE_URL is not set\..*\n$/],
  [
    'production without DATABASE_URL',
    [],
    { NODE_ENV: 'production' },
    1,
    /^db:migrate: DATABASE_URL is not set\..*\n$/,
  ],
  ['an unknown option', ['--down'], {}, 2, /^db:migrate: Unknown option '--down'.*\n$/],
  [
    'a server that is not there',
    [],
    { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' },
    1,
    /^db:migrate: The database does not answer .*\n$/,
  ],
])('%s ends in one sentence', async (_name, args, env, expected, sentence) => {
  const { code, stdout, stderr } = await run(args, { ...env });
  expect([code, stdout]).toEqual([expected, '']);
  expect(stderr).toMatch(sentence);
});

test('explains itself', async () => {
  const { code, stdout } = await run(['--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('npm run db:migrate');
});
