import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claudeSession } from '#inspect/testing.ts';
import { nodesHere } from '../test/programs-here.ts';
import { type Ended, ownEnvironment } from '../testing.ts';
import { type Packed, run } from './run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const execute = promisify(execFile);

let folder: string;
let packed: Packed;
/** The program as npm put it into a folder that was empty. */
let program: string;

const npm = async (args: readonly string[], cwd = folder) =>
  (
    await execute('npm', [...args, '--offline', '--no-audit', '--no-fund'], {
      cwd,
      env: { ...ownEnvironment() },
    })
  ).stdout;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'openagentsessions-installed-'));
  packed = await run({ root, output: join(folder, 'packed'), repositoryUrl: null }, npm);
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  await npm(['install', '--ignore-scripts', packed.tarball], empty);
  program = join(empty, 'node_modules/.bin/openagentsessions');
  writeFileSync(join(empty, 'pond.jsonl'), claudeSession());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the installed program by a Node, in the folder it is installed in. */
function ended(node: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const options = { cwd: join(folder, 'empty'), env: { ...ownEnvironment(), ...env } };
  return execute(node, [program, ...args], options).then(
    (printed) => ({ code: 0, ...printed }),
    (error) => error,
  );
}

const installed = () => join(folder, 'empty/node_modules/openagentsessions');

test('it comes alone: no other package, no network, and the licences of what is in it', () => {
  expect(readdirSync(join(folder, 'empty/node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    'openagentsessions',
  ]);
  expect(readdirSync(installed()).sort()).toEqual([
    'LICENSE',
    'README.md',
    'THIRD-PARTY-LICENSES.txt',
    'dist',
    'package.json',
  ]);
  const licenses = readFileSync(join(installed(), 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  for (const name of ['commander', 'zod', '@secretlint/secretlint-rule-preset-recommend'])
    expect(licenses).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(MIT\\)\\n\\n.*Copyright`, 'ms'));
});

test('what npm would read of it says who may run it', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const manifest = JSON.parse(readFileSync(join(installed(), 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({ name: 'openagentsessions', version, engines: { node: '>=20' } });
  expect(manifest).not.toHaveProperty('dependencies');
  expect(manifest).not.toHaveProperty('scripts');
  expect(basename(packed.tarball)).toBe(`openagentsessions-${version}.tgz`);
});

test('the same tree gives the same bytes', async () => {
  const again = await run({ root, output: join(folder, 'again'), repositoryUrl: null }, npm);
  const sha256 = createHash('sha256').update(readFileSync(again.tarball)).digest('hex');
  expect(sha256).toBe(packed.sha256);
});

/** The package's files that were loaded, by what V8 counts: https://nodejs.org/api/cli.html#node_v8_coveragedir */
async function loaded(node: string, args: readonly string[]): Promise<string[]> {
  const coverage = mkdtempSync(join(folder, 'coverage-'));
  await ended(node, args, { NODE_V8_COVERAGE: coverage });
  const [file = ''] = readdirSync(coverage);
  const { result }: { result: { url: string }[] } = JSON.parse(readFileSync(join(coverage, file), 'utf8'));
  return result.flatMap(({ url }) =>
    url.startsWith('file:') && dirname(url).endsWith('/openagentsessions/dist') ? [basename(url)] : [],
  );
}

test.each([...nodesHere])(
  'Node %s: --help and --version load one file, a command what it needs',
  async (_, node) => {
    expect(await loaded(node, ['--help'])).toEqual(['index.js']);
    expect(await loaded(node, ['hydrate', '--help'])).toEqual(['index.js']);
    expect(await loaded(node, ['--version'])).toEqual(['index.js']);
    expect(await loaded(node, ['pull', '--nope'])).toEqual(['index.js']);
    expect((await loaded(node, ['inspect', 'pond.jsonl'])).length).toBeGreaterThan(1);
  },
);

test.each([...nodesHere])('Node %s: help, version and a wrong flag', async (_, node) => {
  const help = await ended(node, ['--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toMatch(/^Usage: openagentsessions COMMAND/);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(await ended(node, ['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  expect(await ended(node, ['pull', '--form', 'x'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'openagentsessions: There is no flag --form. Did you mean --from?\n',
  });
});

test.each([...nodesHere])('Node %s: inspect says what a session holds', async (_, node) => {
  const { code, stdout, stderr } = await ended(node, ['inspect', 'pond.jsonl']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ path: 'pond.jsonl', agent: 'claude-code', tool_calls: 1 });
});

/** Starts it on a small session and then a large one, and waits for the line of the first. */
async function atWork(node: string) {
  writeFileSync(join(folder, 'empty/lake.jsonl'), claudeSession({ words: 'newts '.repeat(2_000_000) }));
  const child = spawn(node, [program, 'inspect', 'pond.jsonl', 'lake.jsonl', 'lake.jsonl', 'lake.jsonl'], {
    cwd: join(folder, 'empty'),
    env: ownEnvironment(),
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk;
  });
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  return { child, closed, complaints: () => complaints };
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends it with %i and a sentence', async (signal, code) => {
  const { child, closed, complaints } = await atWork(process.execPath);
  child.kill(signal);
  expect(await closed).toEqual([code, null]);
  expect(complaints()).toBe(`openagentsessions: Stopped by ${signal}. Run it again to finish.\n`);
});

test('whoever closes its output, as head does, hears no complaint', async () => {
  const { child, closed, complaints } = await atWork(process.execPath);
  child.stdout.destroy();
  expect(await closed).toEqual([141, null]);
  expect(complaints()).toBe('');
});
