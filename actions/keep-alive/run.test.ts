import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runningStandin, temporaryGists } from '#github/standin/testing.ts';
import { run, scheduled } from './run.ts';

const day = 24 * 3600 * 1000;
const repository = 'example-org/site';

/** A stand-in whose days pass as the test says. */
async function github() {
  let time = Date.parse('2026-11-22T00:00:00Z');
  const { standin } = await runningStandin(temporaryGists({}).dir, { now: () => time });
  const token = 'ghs_test';
  const access = { apiUrl: standin.origin, repository, token };
  const asked = (method: string, path: string) =>
    fetch(`${standin.origin}/repos/${repository}/actions/workflows/${path}`, {
      method,
      headers: { authorization: `bearer ${token}` },
    });
  return {
    access,
    standin,
    pass: (days: number) => {
      time += days * day;
    },
    disable: (file: string) => asked('PUT', `${file}/disable`),
    stateOf: async (file: string) => (await (await asked('GET', file)).json()).state,
  };
}

test('enabled again every day, schedules run on for longer than 60 days', async () => {
  const { access, pass, stateOf } = await github();
  for (let passed = 0; passed < 120; passed += 30) {
    expect(await run(access)).toEqual({
      'packages.yml': 'running',
      'recheck.yml': 'running',
      'removals.yml': 'running',
      'snapshot.yml': 'running',
      'watch.yml': 'running',
    });
    pass(30);
  }
  expect(await stateOf('snapshot.yml')).toBe('active');
  pass(30);
  expect(await stateOf('snapshot.yml')).toBe('disabled_inactivity');
  expect(await run(access)).toMatchObject({ 'snapshot.yml': 'woken' });
  expect(await stateOf('snapshot.yml')).toBe('active');
});

test('what a person switched off stays off', async () => {
  const { access, disable, stateOf } = await github();
  await disable('recheck.yml');
  expect(await run(access)).toMatchObject({ 'recheck.yml': 'off', 'snapshot.yml': 'running' });
  expect(await stateOf('recheck.yml')).toBe('disabled_manually');
});

test.each([
  ['down:workflows', 'GitHub is not answering properly. Run this again in 60 s.'],
  ['nonsense:workflows', 'GitHub is not answering properly. Run this again in 60 s.'],
  [
    'bad_credentials',
    'GITHUB_TOKEN may not enable packages.yml in example-org/site: the job needs the permission',
  ],
  ['secondary_limit=7', 'GitHub is limiting our requests. Run this again in 7 s.'],
])('%s: a sentence', async (fault, sentence) => {
  const { access, standin } = await github();
  standin.setFaults([fault]);
  await expect(run(access)).rejects.toThrow(sentence);
});

test('they are the workflows that have a schedule', () => {
  const folder = join(import.meta.dirname, '..', '..', '.github', 'workflows');
  const withSchedule = readdirSync(folder).filter((file) =>
    /^ {2}schedule:$/m.test(readFileSync(join(folder, file), 'utf8')),
  );
  expect(withSchedule).toEqual([...scheduled]);
});

test('the script tells what became of each', async () => {
  const { standin } = await github();
  const env = {
    PATH: process.env.PATH,
    GITHUB_API_URL: standin.origin,
    GITHUB_REPOSITORY: repository,
    GITHUB_TOKEN: 'ghs_test',
  };
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'index.ts')], {
    env,
  });
  expect(stdout).toBe(
    ['packages', 'recheck', 'removals', 'snapshot', 'watch']
      .map((name) => `${name}.yml: running, and enabled again\n`)
      .join(''),
  );
});
