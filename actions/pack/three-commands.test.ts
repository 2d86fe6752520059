import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { nodesHere } from '../test/programs-here.ts';
import { freePort, ownEnvironment, type RunningProgram, startProgram } from '../testing.ts';
import { type Installed, install } from './testing.ts';

/*
 * What a trainer types: npm install, pull, hydrate. The dataset is the one development publishes of its example gists, over
 * the real path; the gists are at its stand-in.
 */

let place: string;
let dev: RunningProgram;
let installed: Installed;
let github: string;

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'openagentsessions-three-'));
  dev = await startProgram('dev', ['--port', await freePort()], {
    cwd: place,
    ready: /for development: (http:\S+)\/\n[\s\S]*stand-in: http:\S+/,
  });
  github = /stand-in: (http:\S+)/.exec(dev.printed())?.[1] ?? '';
  installed = await install(place);
});
afterAll(async () => {
  await dev?.stop();
  rmSync(place, { recursive: true, force: true });
});

const linesOf = (path: string): Record<string, unknown>[] =>
  readFileSync(join(installed.folder, path), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test.each([...nodesHere])(
  'Node %s: from an empty folder to sessions on disk, each checked',
  async (_, node) => {
    const run = (...args: string[]) => installed.ended(node, [...args, '--output', `copy-${_}`]);
    const from = ['--from', `${dev.address}/dataset`];
    const pulled = await run('pull', '--json', ...from);
    expect(pulled).toMatchObject({ code: 0 });
    expect(JSON.parse(pulled.stdout)).toMatchObject({ pulled: true, record_count: 4 });

    const hydrated = await run('hydrate', ...from, '--raw-host', github, '--format', 'messages,sts,parquet');
    expect(hydrated).toMatchObject({ code: 0 });
    const copy = join(installed.folder, `copy-${_}`);
    const status = linesOf(`copy-${_}/status.ndjson`);
    expect(status.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(linesOf(`copy-${_}/messages/messages.jsonl`)).toHaveLength(4);
    expect(readdirSync(copy)).toEqual(
      expect.arrayContaining(['latest', 'messages', 'parquet', 'sessions', 'sts']),
    );

    expect(await run('verify', '--json')).toMatchObject({ code: 0 });
    expect(await run('purge', '--json')).toMatchObject({ code: 0 });
    const stats = await run('stats', '--json', '--where', 'agent=codex');
    expect(stats).toMatchObject({ code: 0 });
    expect(() => JSON.parse(stats.stdout)).not.toThrow();
  },
);

test('the variables of the environment lead to the same places', async () => {
  const env = { DATASET_ADDRESS: `${dev.address}/dataset`, GIST_RAW_URL: github, GITHUB_API_URL: github };
  const args = ['hydrate', '--json', '--limit', '1', '--output', 'by-environment'];
  const { code, stdout } = await installed.ended(process.execPath, args, env);
  expect(code).toBe(0);
  expect(stdout.endsWith('}\n') && JSON.parse(stdout)).toBeTruthy();
  expect(linesOf('by-environment/status.ndjson')).toMatchObject([{ status: 'ok' }]);
});

test.each([
  [{ DATASET_ADDRESS: 'here' }, 'DATASET_ADDRESS must be an http(s) address, such as'],
  [
    { GIST_RAW_URL: 'ftp://x.test' },
    'GIST_RAW_URL must be an http(s) address, such as https://gist.githubusercontent.com.',
  ],
  [
    { GITHUB_API_URL: 'http://x.test', GITHUB_API_TOKEN: 'token-of-nobody' },
    'GITHUB_API_URL must be an https address, or GITHUB_API_TOKEN would be sent for all to read.',
  ],
])('with %j nothing is asked for', async (env, sentence) => {
  const { code, stdout, stderr } = await installed.ended(
    process.execPath,
    ['hydrate', '--output', 'none'],
    env,
  );
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`openagentsessions: ${sentence}`);
  expect(stderr).not.toContain('token-of-nobody');
  expect(readdirSync(installed.folder)).not.toContain('none');
});

test.each(['pull', 'hydrate'])(
  '%s that is stopped while nobody answers ends at once, with 130',
  async (verb) => {
    const silent = createServer();
    onTestFinished(() => silent.closeAllConnections());
    onTestFinished(() => void silent.close());
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const from = `http://127.0.0.1:${Object(silent.address()).port}`;
    const child = spawn(process.execPath, [installed.program, verb, '--from', from, '--output', 'stopped'], {
      cwd: installed.folder,
      env: ownEnvironment(),
    });
    let complaints = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaints += chunk;
    });
    const closed = once(child, 'close');
    await once(silent, 'request');
    child.kill('SIGINT');
    expect(await closed).toEqual([130, null]);
    expect(complaints).toBe('openagentsessions: Stopped by SIGINT. Run it again to finish.\n');
  },
);

test('a place where nobody listens: one sentence, exit 1, and nothing on stdout', async () => {
  const from = `http://127.0.0.1:${await freePort()}`;
  const args = ['pull', '--json', '--from', from, '--output', 'nobody'];
  const { code, stdout, stderr } = await installed.ended(process.execPath, args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^openagentsessions: http:\/\/127\.0\.0\.1:\d+ does not answer .*\.\n$/);
});

test.each([
  [['--limit', '0'], '--limit'],
  [['--limit', '-1'], '--limit'],
  [['--min-tool-calls', 'many'], '--min-tool-calls'],
  [['--where', 'agnt=codex'], '--where'],
  [['--where', 'agent'], '--where'],
  [['--license', 'none-such'], '--license'],
  [['--since', 'yesterday'], '--since'],
  [['--until', '2026-13-01'], '--until'],
  [['--ids', 'nowhere.txt'], '--ids'],
  [['--format', 'messages,xml'], '--format'],
  [['--format', ','], '--format'],
  [['--concurrency', '0'], '--concurrency'],
  [['--concurrency', '1e9'], '--concurrency'],
  [['--patience', '1.5'], '--patience'],
  [['--max-bytes', '1 GB'], '--max-bytes'],
  [['--shard', '3/2'], '--shard'],
  [['--shard', '2'], '--shard'],
  [['--raw-host', 'gist.test'], '--raw-host'],
  [['--max-age', '-3'], '--max-age'],
  [['--max-age', 'soon'], '--max-age'],
  [['--from', 'ftp://x.test'], '--from'],
])('hydrate %j: a sentence that names %s, and nothing is fetched', async (args, flag) => {
  const all = ['hydrate', '--output', 'none', '--from', 'nowhere', ...args];
  const { code, stdout, stderr } = await installed.ended(process.execPath, all);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(new RegExp(`^openagentsessions: ${flag}\\b.*[.?]\\n$`));
  expect(readdirSync(installed.folder)).not.toContain('none');
});
