import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { type Job, type JobCall, runJob } from './job.ts';

const flags = {
  to: { type: 'string', description: 'Where to' },
  fast: { type: 'boolean', description: 'Hurry' },
} as const;
type Call = JobCall<typeof flags>;

/** A process that is none: what runJob reads, writes and listens to. */
function world(args: string[]) {
  const output = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({ write: (text: string) => (output[name] += text) });
  const fake = Object.assign(new EventEmitter(), {
    argv: ['node', 'index.ts', ...args],
    env: {},
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    exitCode: undefined,
  });
  return { process: fake as unknown as NodeJS.Process, output };
}

async function ended(
  run: (call: Call, process: NodeJS.Process) => ReturnType<Job<typeof flags>['run']>,
  args: string[] = [],
) {
  const { process, output } = world(args);
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
