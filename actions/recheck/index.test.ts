import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { indexOfTests } from '../reinspect/testing.ts';
import { endOf } from '../testing.ts';
import { startIndex } from './testing.ts';

vi.setConfig({ testTimeout: 120_000 });

const index = indexOfTests(startIndex);

const program = join(import.meta.dirname, 'index.ts');

function environment(given: Record<string, string> = {}): Record<string, string> {
  const { origin } = index.standin;
  return {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: index.fresh.as.jobs.url,
    GITHUB_API_TOKEN: 'of-nobody',
    GITHUB_SERVER_URL: origin,
    GITHUB_API_URL: origin,
    GITHUB_GRAPHQL_URL: `${origin}/graphql`,
    GIST_RAW_URL: origin,
    ...given,
  };
}

/** Runs the job as an operator does. */
const recheckFromShell = (args: string[], env: Record<string, string> = {}) =>
  endOf('recheck', args, { cwd: tmpdir(), env: environment(env) });

test('it tells what it did, in lines or as one object, and reads by the token', async () => {
  const [gone] = [await index.taken('ada/a'), await index.taken('bo/b')];
  index.remove('ada/a');
  const first = await recheckFromShell([]);
  expect(first).toMatchObject({ code: 0, stdout: 'Checked: 2.\nSuspended: 1.\n' });
  expect(first.stderr).toContain(`Gist ${gone} is not there: it is suspended.\n`);
  expect(new Set(index.standin.requests.slice(-3).map(({ authorization }) => authorization))).toEqual(
    new Set(['token']),
  );
  const { code, stdout } = await recheckFromShell(['--json', '--dry-run', '--shard', '1/1']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ dry_run: true, shard: '1/1', due: 2, checked: 2, suspended: 0 });
});

test('without a token it reads in the name of the OAuth app', async () => {
  await index.taken('ada/a');
  const app = { GITHUB_API_TOKEN: '', GITHUB_CLIENT_ID: 'app', GITHUB_CLIENT_SECRET: 'secret' };
  expect(await recheckFromShell([], app)).toMatchObject({ code: 0 });
  expect(index.standin.requests.at(-1)).toMatchObject({ authorization: 'basic' });
});

test('an empty index is nothing to do', async () => {
  expect(await recheckFromShell([])).toMatchObject({ code: 0, stdout: 'There is no gist to check.\n' });
});

test('what GitHub says against it is one sentence and exit code 1', async () => {
  await index.taken('ada/a');
  index.standin.setFaults(['secondary_limit=90']);
  const { code, stdout, stderr } = await recheckFromShell(['--wait', '1']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(
    /^recheck: GitHub is limiting our requests\. Run this again in 90 s, and it goes on with the gists checked longest ago\.\n$/m,
  );
});

test('a token that GitHub does not know is told apart', async () => {
  await index.taken('ada/a');
  const { code, stderr } = await recheckFromShell([], { GITHUB_API_TOKEN: 'gho_standin_unknown' });
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^recheck: GitHub does not know the credentials .+ without any permission, or correct them\.\n$/m,
  );
  expect(stderr).not.toContain('gho_standin');
});

test.each([
  [['--limit=0'], '--limit must be a whole number from 1.'],
  [['--shard=5/4'], '--shard must be written I/N, such as 2/4.'],
  [['--shard=0/4'], '--shard must be written I/N, such as 2/4.'],
  [['--shard=two'], '--shard must be written I/N, such as 2/4.'],
  [['--wait=soon'], '--wait must be a whole number from 1.'],
])('%j is refused with exit code 2', async (args, sentence) => {
  expect(await recheckFromShell(args)).toMatchObject({ code: 2, stderr: `recheck: ${sentence}\n` });
});

test('without a token or an OAuth app it says what to set', async () => {
  const { code, stderr } = await recheckFromShell([], { GITHUB_API_TOKEN: '' });
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^recheck: GITHUB_CLIENT_ID is not set, nor is GITHUB_API_TOKEN, .+\.env\.example\.\n$/,
  );
});

test('told to stop by SIGTERM it ends with 143, and the next run does the rest', async () => {
  for (let i = 0; i < 4; i++) {
    await index.taken(`owner-${i}/a`);
    index.write(`owner-${i}/a`, { 'session.jsonl': '{"edited":true}\n' });
  }
  index.standin.setFaults(['slow=500:gists']);
  const child = spawn(process.execPath, [program], { env: environment(), stdio: 'ignore' });
  const ended = once(child, 'exit');
  const changed = async () =>
    (await index.db.query("select from submission where state = 'changed'")).rowCount;
  await vi.waitFor(async () => expect(await changed()).toBeGreaterThan(0), { timeout: 60_000, interval: 20 });
  child.kill('SIGTERM');
  expect(await ended).toEqual([143, null]);
  expect(await changed()).toBeLessThan(4);
  index.standin.setFaults([]);
  expect(await recheckFromShell([])).toMatchObject({ code: 0 });
  expect(await changed()).toBe(4);
});

test('a database that goes away in the middle is one sentence, and the next run finishes', async () => {
  for (let i = 0; i < 4; i++) {
    await index.taken(`late-${i}/a`);
    index.write(`late-${i}/a`, { 'session.jsonl': '{"edited":true}\n' });
  }
  const address = new URL(index.fresh.as.jobs.url);
  const { hostname, port } = address;
  const sockets: Socket[] = [];
  const between = createServer((socket) => {
    const onward = connect(Number(port), hostname);
    for (const end of [socket, onward]) sockets.push(end.on('error', () => undefined));
    socket.pipe(onward).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(between, 'listening');
  address.port = String((between.address() as AddressInfo).port);
  index.standin.setFaults(['slow=500:gists']);
  const running = recheckFromShell([], { DATABASE_URL: address.href });
  const changed = async () =>
    (await index.db.query("select from submission where state = 'changed'")).rowCount;
  await vi.waitFor(async () => expect(await changed()).toBeGreaterThan(0), { timeout: 60_000, interval: 20 });
  between.close();
  for (const socket of sockets) socket.destroy();
  const { code, stderr } = await running;
  expect(code).toBe(1);
  expect(stderr).toMatch(/^recheck: The database does not answer \(.+\)\. Check that it runs/m);
  expect(await changed()).toBeLessThan(4);
  index.standin.setFaults([]);
  expect(await recheckFromShell([])).toMatchObject({ code: 0 });
  expect(await changed()).toBe(4);
});

test('a database that does not answer is one sentence', async () => {
  await index.taken('ada/a');
  const { code, stderr } = await recheckFromShell([], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^recheck: The database does not answer \(.+\)\. Check that it runs/);
});
