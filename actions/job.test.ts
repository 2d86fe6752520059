import { EventEmitter } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FlagError } from './flags.ts';
import { type Job, type JobCall, runJob } from './job.ts';
import { outputsIn } from './testing.ts';

const flags = {
  to: { type: 'string', description: 'Where to' },
  fast: { type: 'boolean', description: 'Hurry' },
} as const;
type Call = JobCall<typeof flags>;

/** A process that is none: what runJob reads, writes and listens to. */
function world(args: string[], env: Record<string, string>) {
  const output = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (output[name] += text) });
  const fake = Object.assign(new EventEmitter(), {
    argv: ['node', 'index.ts', ...args],
    env,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    exitCode: undefined,
  });
  return { process: fake as unknown as NodeJS.Process, output };
}

async function ended(
  run: (call: Call, process: NodeJS.Process) => ReturnType<Job<typeof flags>['run']>,
  args: string[] = [],
  env: Record<string, string> = {},
) {
  const { process, output } = world(args, env);
  await runJob('tidy', { description: 'Tidies.', flags, run: (call) => run(call, process) }, process);
  expect(process.eventNames()).toEqual([]);
  return { code: process.exitCode, ...output };
}

const done = { ok: true as const, lines: ['tidied', 'twice'], summary: { tidied: 2 } };

test('a job gets its flags, and its lines go to stdout', async () => {
  let seen: unknown;
  const run = async (call: Call) => {
    seen = call.flags;
    call.log('by the way');
    return done;
  };
  expect(await ended(run, ['--to', 'x', '--fast'])).toEqual({
    code: 0,
    stdout: 'tidied\ntwice\n',
    stderr: 'by the way\n',
  });
  expect(seen).toEqual({ to: 'x', fast: true });
  await ended(run);
  expect(seen).toEqual({ to: undefined, fast: false });
});

test('--json prints the summary in their place', async () => {
  expect(await ended(async () => done, ['--json'])).toEqual({
    code: 0,
    stdout: '{"tidied":2}\n',
    stderr: '',
  });
});

test('a list holds every value it was given, and an input is one', async () => {
  const list = { where: { type: 'list', value: 'X', description: 'Which' } } as const;
  const seen: unknown[] = [];
  for (const [args, env] of [
    [[], {}],
    [['--where', 'a', '--where', 'b'], {}],
    [[], { INPUT_WHERE: 'c' }],
  ] as [string[], Record<string, string>][]) {
    const { process } = world(args, env);
    const run = async ({ flags }: JobCall<typeof list>) => {
      seen.push(flags.where);
      return done;
    };
    await runJob('tidy', { description: 'Tidies.', flags: list, run }, process);
  }
  expect(seen).toEqual([[], ['a', 'b'], ['c']]);
});

test('a job that is done, but not all well, ends with its own code, which its --help explains', async () => {
  expect(await ended(async () => ({ ...done, exitCode: 3 }))).toMatchObject({
    code: 3,
    stdout: 'tidied\ntwice\n',
  });
  const { process, output } = world(['--help'], {});
  const exits = '3 some dust is left';
  await runJob('tidy', { description: 'Tidies.', flags, exits, run: async () => done }, process);
  expect(output.stdout).toContain('Exit codes: 3 some dust is left.\n');
});

test('--help runs nothing', async () => {
  const run = async () => {
    throw new Error('It ran.');
  };
  const { code, stdout } = await ended(run, ['--help']);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^npm run tidy -- \[flags\]\n\nTidies\.\n\n {2}--to VALUE {2}Where to\n {2}--fast {6}Hurry\n/,
  );
});

test('what a job refuses is its sentence on stderr, and exit code 1', async () => {
  const run = async () => ({ ok: false as const, sentence: 'It is tidy. Leave it.' });
  expect(await ended(run, ['--json'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'tidy: It is tidy. Leave it.\n',
  });
});

test('an error nobody foresaw is told once, with the place it came from', async () => {
  const run = async () => {
    throw new TypeError('no such thing');
  };
  const { code, stdout, stderr } = await ended(run);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^tidy: It failed unexpectedly: no such thing\n/);
  expect(stderr).toContain('job.test.ts');
});

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
])('%s is passed on, and what the job throws for it ends it with %i', async (name, code) => {
  const run = async ({ signal }: Call, process: NodeJS.Process) => {
    process.emit(name as NodeJS.Signals);
    signal.throwIfAborted();
    return done;
  };
  expect(await ended(run)).toEqual({
    code,
    stdout: '',
    stderr: `tidy: Stopped by ${name}. Run it again to finish.\n`,
  });
});

test('a job that a signal finds at its end ends well', async () => {
  const run = async (_: Call, process: NodeJS.Process) => {
    process.emit('SIGTERM');
    // A second signal finds no listener, so the process ends as processes do.
    expect(process.listenerCount('SIGTERM')).toBe(0);
    return done;
  };
  expect(await ended(run)).toMatchObject({ code: 0, stdout: 'tidied\ntwice\n' });
});

test.each([
  [{ INPUT_TO: 'x', INPUT_FAST: 'true' }, [], { to: 'x', fast: true }],
  [{ INPUT_TO: 'x', INPUT_FAST: 'true' }, ['--to', 'y'], { to: 'y', fast: true }],
  [{ INPUT_TO: ' x ', INPUT_FAST: 'false' }, ['--fast'], { to: 'x', fast: true }],
  [{ INPUT_TO: '', INPUT_FAST: '' }, [], { to: undefined, fast: false }],
])('inputs %j and arguments %j make %j', async (env, args, flags) => {
  let seen: unknown;
  const run = async (call: Call) => {
    seen = call.flags;
    return done;
  };
  expect((await ended(run, args, env)).code).toBe(0);
  expect(seen).toEqual(flags);
});

test.each(['INPUT_DRY_RUN', 'INPUT_DRY-RUN'])('--dry-run is %s', async (variable) => {
  const { process, output } = world([], { [variable]: 'true' });
  const dryRun = { 'dry-run': { type: 'boolean', description: 'Write nothing' } } as const;
  const run = async (call: JobCall<typeof dryRun>) => ({
    ok: true as const,
    lines: [String(call.flags['dry-run'])],
    summary: {},
  });
  await runJob('tidy', { description: 'Tidies.', flags: dryRun, run }, process);
  expect(output.stdout).toBe('true\n');
});

test('an input that is wrong is named, by the job as well, and is exit code 2', async () => {
  expect(await ended(async () => done, [], { INPUT_FAST: 'yes' })).toEqual({
    code: 2,
    stdout: '',
    stderr: 'tidy: INPUT_FAST must be true or false.\n',
  });
  const run = async () => {
    throw new FlagError('--to must be a place.');
  };
  expect(await ended(run, [], { INPUT_TO: 'nowhere' })).toEqual({
    code: 2,
    stdout: '',
    stderr: 'tidy: --to must be a place. It was given as the input INPUT_TO.\n',
  });
  expect((await ended(run, ['--to', 'nowhere'])).stderr).toBe('tidy: --to must be a place.\n');
});

test('work that is counted is told as it goes, on stderr', async () => {
  const run = async ({ tally }: Call) => {
    tally({ done: 12_300, total: 100_000, unit: 'gists', note: 'API budget 3,900 of 5,000' });
    return done;
  };
  expect(await ended(run, ['--json'])).toEqual({
    code: 0,
    stdout: '{"tidied":2}\n',
    stderr: '12,300 of 100,000 gists · API budget 3,900 of 5,000\n',
  });
});

let folder: string;
let step: { GITHUB_STEP_SUMMARY: string; GITHUB_OUTPUT: string };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openagentsessions-job-'));
  step = { GITHUB_STEP_SUMMARY: join(folder, 'summary.md'), GITHUB_OUTPUT: join(folder, 'outputs') };
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => Promise.all(Object.values(step).map((file) => writeFile(file, 'before\n'))));

test('in GitHub Actions a step gets a page, and later steps its outputs', async () => {
  const run = async () => ({
    ok: true as const,
    lines: ['tidied <b>twice</b>'],
    summary: {
      room_id: 'a\nb=c',
      rooms: 1200,
      swept: true,
      found: null,
      dust: { grey: 2, black: 1 },
      last: { at: 'noon', times: 3 },
      list: [1],
    },
  });
  expect(await ended(run, [], step)).toEqual({ code: 0, stdout: 'tidied <b>twice</b>\n', stderr: '' });
  expect(await readFile(step.GITHUB_STEP_SUMMARY, 'utf8')).toBe(`before
### tidy

| | |
|---|---|
| Room id | a b=c |
| Rooms | 1,200 |
| Swept | yes |
| Found | – |
| Dust | 2 grey, 1 black |

- tidied \\<b\\>twice\\</b\\>

`);
  expect(outputsIn(await readFile(step.GITHUB_OUTPUT, 'utf8'))).toEqual({
    room_id: 'a\nb=c',
    rooms: '1200',
    swept: 'true',
    found: '',
  });
});

test('a page of the job takes its place', async () => {
  const run = async () => ({ ...done, page: '[rooms](https://rooms.test/)\n' });
  await ended(run, [], step);
  expect(await readFile(step.GITHUB_STEP_SUMMARY, 'utf8')).toBe(
    'before\n### tidy\n\n[rooms](https://rooms.test/)\n\n',
  );
});

test('a step that fails has its sentence for a page, and no outputs', async () => {
  const run = async () => ({ ok: false as const, sentence: 'It is *tidy*. Leave it.' });
  expect(await ended(run, [], step)).toMatchObject({ code: 1, stdout: '' });
  expect(await readFile(step.GITHUB_STEP_SUMMARY, 'utf8')).toBe(
    'before\n### tidy failed\n\nIt is \\*tidy\\*. Leave it.\n\n',
  );
  expect(await readFile(step.GITHUB_OUTPUT, 'utf8')).toBe('before\n');
});

test('work that is done stays done where its page cannot be written, or is too long to be shown', async () => {
  const missing = { GITHUB_STEP_SUMMARY: join(folder, 'none', 'summary.md') };
  const { code, stdout, stderr } = await ended(async () => done, [], missing);
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'tidied\ntwice\n' });
  expect(stderr).toMatch(/^The step's summary could not be written \(ENOENT.*\)\.\n$/);
  await ended(async () => ({ ...done, page: 'x'.repeat(1_000_000) }), [], step);
  expect(await readFile(step.GITHUB_STEP_SUMMARY, 'utf8')).toBe(
    'before\nThis page would be too long. The log has the lines.\n\n',
  );
});
