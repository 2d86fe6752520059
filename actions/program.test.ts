import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from './testing.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'openagentsessions-program-'));
});
afterAll(() => rm(cwd, { recursive: true }));

test.each(['dev', 'build', 'start'])('%s --help explains itself', async (name) => {
  expect(await runProgram(name, ['--help'], { cwd })).toMatch(`npm run ${name} -- [flags]\n`);
});

test.each([
  ['dev', ['--nope'], {}, 2, "dev: Unknown option '--nope'.\n"],
  ['build', ['--nope'], {}, 2, "build: Unknown option '--nope'.\n"],
  ['start', ['--nope'], {}, 2, "start: Unknown option '--nope'.\n"],
  ['dev', ['--port', '70000'], {}, 2, 'dev: --port must be a number from 1 to 65535.\n'],
  ['start', ['--port', 'abc'], {}, 2, 'start: --port must be a number from 1 to 65535.\n'],
  ['start', [], { PORT: 'abc' }, 2, 'start: PORT must be a number from 1 to 65535.\n'],
  ['dev', ['--gists', 'none'], {}, 2, 'dev: --gists must name a folder; none is none.\n'],
  ['start', [], {}, 1, 'start: DATABASE_URL is not set. Set it, see .env.example.\n'],
])('%s %j %j ends with %i and one sentence', async (name, args, env, code, stderr) => {
  await expect(runProgram(name, args, { cwd, env: { ...env } })).rejects.toMatchObject({
    code,
    stdout: '',
    stderr,
  });
});
