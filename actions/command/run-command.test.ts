import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inventedGist, removal } from '../copy/testing.ts';
import { temporaryFolder } from '../copy/testing-rows.ts';
import { wholeCopy } from '../purge/testing.ts';
import { runCommand } from './run-command.ts';

/** Runs the command line in a process that is none: what runCommand reads, writes and listens to. */
async function ended(args: readonly string[], env: Record<string, string> = {}) {
  const output = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') =>
    Object.assign(new EventEmitter(), { write: (text: string) => (output[name] += text) });
  const world = Object.assign(new EventEmitter(), {
    argv: ['node', 'index.js', ...args],
    env,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    exitCode: undefined,
  });
  await runCommand(world as unknown as NodeJS.Process, '1.2.3');
  expect(world.eventNames()).toEqual([]);
  return { code: world.exitCode, ...output };
}

/** Every command with every flag that people are told of. */
const selection = ['where', 'license', 'min-tool-calls', 'since', 'until', 'limit', 'ids'];
const pulling = ['from', 'max-age', 'allow-older'];
const fetching = ['offline', 'format', 'concurrency', 'patience', 'max-bytes', 'shard', 'raw-host', 'rehash'];
const verbs: Record<string, string[]> = {
  pull: ['output', ...pulling],
  hydrate: ['output', ...selection, ...pulling, ...fetching],
  verify: ['output'],
  purge: ['output', 'apply', 'removed', 'ids'],
  inspect: ['fail-on'],
  stats: ['output', ...selection],
};

test('--help tells of every command, of the environment, and nothing is done', async () => {
  const { code, stdout, stderr } = await ended(['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect([...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name)).toEqual([
    ...Object.keys(verbs),
    'help',
  ]);
  for (const name of ['DATASET_ADDRESS', 'GIST_RAW_URL', 'GITHUB_API_URL', 'GITHUB_API_TOKEN'])
    expect(stdout).toContain(name);
});

test.each(Object.entries(verbs))('%s --help tells its flags and its exit codes', async (name, flags) => {
  const { code, stdout } = await ended([name, '--help']);
  expect(code).toBe(0);
  const told = [...stdout.matchAll(/^ {2}(?:-h, )?--([\w-]+)/gm)].map(([, flag]) => flag);
  expect(told.sort()).toEqual([...flags, 'json', 'help'].sort());
  expect(stdout).toMatch(/^Exit codes:\n {2}0 /m);
  expect(stdout).toMatch(/^ {2}130 or 143 /m);
  expect(await ended(['help', name])).toEqual({ code: 0, stdout, stderr: '' });
});

test('exit code 3 is told where there is one', async () => {
  const three = async (name: string) => /^ {2}3 /m.test((await ended([name, '--help'])).stdout);
  expect(await Promise.all(Object.keys(verbs).map(three))).toEqual([false, true, true, true, false, false]);
});

test('--version prints it alone', async () => {
  for (const flag of ['--version', '-v'])
    expect(await ended([flag])).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
});

test('without a command it is told how it is used, as a mistake', async () => {
  const { code, stdout, stderr } = await ended([]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^Usage: openagentsessions COMMAND/);
});

test.each([
  [['hydrat'], 'There is no command hydrat. Did you mean hydrate?'],
  [['fetch'], 'There is no command fetch. --help lists them all.'],
  [['help', 'hydrat'], 'There is no command hydrat. Did you mean hydrate?'],
  [['--json', 'pull'], 'There is no flag --json before the command. --help tells how it is used.'],
  [['hydrate', '--whre', 'a=b'], 'There is no flag --whre. Did you mean --where?'],
  [['hydrate', '--whre=a=b'], 'There is no flag --whre. Did you mean --where?'],
  [['verify', '--fast'], 'There is no flag --fast. --help lists them all.'],
  [['verify', '-x'], 'There is no flag -x. --help lists them all.'],
  [['verify', '--limit', '5'], 'There is no flag --limit. --help lists them all.'],
  [['hydrate', '--limit'], '--limit needs a value.'],
  [['hydrate', '--output', '--json'], '--output needs a value, and --json is a flag.'],
  [['hydrate', '--where', '--json'], '--where needs a value, and --json is a flag.'],
  [['pull', '--output='], '--output needs a value.'],
  [['pull', '--output', ''], '--output needs a value.'],
  [['pull', 'here', 'there'], 'here, there: pull takes nothing beside its flags, which begin with --.'],
  [['inspect'], 'Name the files to inspect; --help says more.'],
  [['inspect', '--fail-on', 'low', 'a'], '--fail-on takes one value: high.'],
])('%j: a sentence, and exit 2', async (args, sentence) => {
  expect(await ended(args)).toEqual({ code: 2, stdout: '', stderr: `openagentsessions: ${sentence}\n` });
});

test('a file that cannot be read: the others all the same, exit 2, and with --json one object', async () => {
  const { code, stdout, stderr } = await ended(['inspect', '--json', import.meta.filename, '/none/a']);
  expect({ code, stderr }).toEqual({ code: 2, stderr: '/none/a cannot be read: there is no such file.\n' });
  expect(stdout.endsWith('}\n')).toBe(true);
  expect(JSON.parse(stdout)).toMatchObject({
    files: [
      { path: import.meta.filename, agent: null },
      { path: '/none/a', error: 'there is no such file' },
    ],
  });
});

test('what others wrote moves no cursor, turns nothing around, and is no line of its own', async () => {
  const folder = temporaryFolder();
  const copy = wholeCopy(folder, 2);
  const reason = '\x1b]0;title\x07\x9b2J\u202e\nNothing of 1 departed session is left in it.';
  copy.removed([removal(inventedGist(2), 90, { reason })]);
  copy.write('sessions/\x1b[2J\r.txt', 'theirs');
  const removed = ['--removed', join(folder, '\x1b[2J')];
  for (const args of [['purge'], ['verify'], ['purge', ...removed]]) {
    const { stdout, stderr } = await ended([...args, '--output', folder]);
    expect(stdout + stderr).toMatch(/\ufffd/);
    expect(stdout + stderr).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
    expect(stdout).not.toMatch(/^Nothing of 1 /m);
  }
  const { stdout } = await ended(['purge', '--json', '--output', folder]);
  expect(JSON.parse(stdout).found[0].reason).toBe(reason);
});
