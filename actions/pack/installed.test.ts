import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claudeSession } from '#inspect/testing.ts';
import { outcomes } from '../copy/status-line.ts';
import { nodesHere } from '../test/programs-here.ts';
import { ownEnvironment } from '../testing.ts';
import { run } from './run.ts';
import { type Installed, install, offlineNpm, root } from './testing.ts';

let place: string;
let installed: Installed;

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'openagentsessions-installed-'));
  installed = await install(place);
  writeFileSync(join(installed.folder, 'pond.jsonl'), claudeSession());
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

test('it comes alone: no other package, no network, and the licences of what is in it', () => {
  expect(readdirSync(join(installed.folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(
    ['openagentsessions'],
  );
  expect(readdirSync(installed.package).sort()).toEqual([
    'LICENSE',
    'README.md',
    'THIRD-PARTY-LICENSES.txt',
    'dist',
    'package.json',
  ]);
  const licenses = readFileSync(join(installed.package, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  for (const name of ['commander', 'zod', '@secretlint/secretlint-rule-preset-recommend'])
    expect(licenses).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(MIT\\)\\n\\n.*Copyright`, 'ms'));
});

test('what npm would read of it says who may run it', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const manifest = JSON.parse(readFileSync(join(installed.package, 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({ name: 'openagentsessions', version, engines: { node: '>=20' } });
  expect(manifest).not.toHaveProperty('dependencies');
  expect(manifest).not.toHaveProperty('scripts');
  expect(basename(installed.packed.tarball)).toBe(`openagentsessions-${version}.tgz`);
});

test('its README tells of every command and flag', async () => {
  const readme = readFileSync(join(installed.package, 'README.md'), 'utf8');
  const { stdout } = await installed.ended(process.execPath, ['--help']);
  const verbs = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);
  const helps = verbs
    .filter((name) => name !== 'help')
    .map((name) => installed.ended(process.execPath, [name, '--help']));
  const flags = (await Promise.all(helps)).flatMap((help) =>
    [...help.stdout.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, flag]) => flag),
  );
  expect(new Set(flags).size).toBeGreaterThan(20);
  expect(flags.filter((flag) => !readme.includes(`${flag}`))).toEqual([]);
  for (const name of verbs.filter((each) => each !== 'help')) expect(readme).toContain(`\n### ${name}\n`);
  for (const outcome of outcomes) expect(readme).toContain(`| \`${outcome}\` |`);
});

test('the same tree gives the same bytes', async () => {
  const again = await run({ root, output: join(place, 'again'), repositoryUrl: null }, offlineNpm(place));
  const sha256 = createHash('sha256').update(readFileSync(again.tarball)).digest('hex');
  expect(sha256).toBe(installed.packed.sha256);
});

/** The package's files that were loaded, by what V8 counts: https://nodejs.org/api/cli.html#node_v8_coveragedir */
async function loaded(node: string, args: readonly string[]): Promise<string[]> {
  const coverage = mkdtempSync(join(place, 'coverage-'));
  await installed.ended(node, args, { NODE_V8_COVERAGE: coverage });
  const [file = ''] = readdirSync(coverage);
  const { result }: { result: { url: string }[] } = JSON.parse(readFileSync(join(coverage, file), 'utf8'));
  const ours = result.filter(({ url }) => /^file:.*\/openagentsessions\/dist\//.test(url));
  return ours.map(({ url }) => basename(url)).sort();
}

test.each([...nodesHere])(
  'Node %s: help and version load the program, and nothing that a command needs',
  async (_, node) => {
    const program = await loaded(node, ['--help']);
    expect(program).toContain('index.js');
    const code = program.map((name) => readFileSync(join(installed.package, 'dist', name), 'utf8')).join('');
    expect(code).toContain('class Command ');
    for (const sign of ['ZodType', 'secretlint', 'hyparquet', 'node:http', 'node:crypto'])
      expect(code).not.toContain(sign);
    for (const args of [['hydrate', '--help'], ['help', 'pull'], ['--version'], ['verify', '--nope']])
      expect(await loaded(node, args)).toEqual(program);
    expect(await loaded(node, ['inspect', 'pond.jsonl'])).not.toEqual(program);
  },
);

test.each([...nodesHere])('Node %s: help, version and a wrong flag', async (_, node) => {
  const help = await installed.ended(node, ['--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toMatch(/^Usage: openagentsessions COMMAND/);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(await installed.ended(node, ['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  expect(await installed.ended(node, ['pull', '--form', 'x'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'openagentsessions: There is no flag --form. Did you mean --from?\n',
  });
});

test.each([...nodesHere])('Node %s: inspect says what a session holds', async (_, node) => {
  const { code, stdout, stderr } = await installed.ended(node, ['inspect', 'pond.jsonl']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ path: 'pond.jsonl', agent: 'claude-code', tool_calls: 1 });
});

/** Starts it on a small session and then a large one, and waits for the line of the first. */
async function atWork(node: string) {
  writeFileSync(join(installed.folder, 'lake.jsonl'), claudeSession({ words: 'newts '.repeat(2_000_000) }));
  const child = spawn(
    node,
    [installed.program, 'inspect', 'pond.jsonl', 'lake.jsonl', 'lake.jsonl', 'lake.jsonl'],
    {
      cwd: installed.folder,
      env: ownEnvironment(),
    },
  );
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
