import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runningStandin, temporaryGists } from '#github/standin/testing.ts';
import { openDatabase } from '#sql/open.ts';
import { freshDataDir } from '#sql/testing/fresh-embedded.ts';
import { silent } from '#sql/testing.ts';
import { freshIndex } from '#sql/testing-index.ts';
import { writeGitHubFile } from '../dev/github-file.ts';
import { publishNewest } from '../export/testing.ts';
import { endOf, runProgram } from '../testing.ts';
import { publishedSnapshot, releasesOf } from './testing.ts';

const fresh = freshIndex();

const program = join(import.meta.dirname, 'index.ts');

/** Runs the job as people do, from an empty folder. */
const datasetRelease = (args: string[], env: Record<string, string>) =>
  endOf('release', args, { cwd: emptyFolder(), env });

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openagentsessions-release-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('it says what it released, and then that there is nothing to do', async () => {
  const { output, standin, tag, manifest } = await publishedSnapshot(fresh.db);
  const env = {
    DATABASE_URL: fresh.as.jobs.url,
    GITHUB_TOKEN: 'some-token',
    GITHUB_REPOSITORY: 'ada/index',
    GITHUB_API_URL: standin.origin,
    DATASET_OUTPUT_DIR: output,
  };
  const planned = await datasetRelease(['--dry-run', '--json'], env);
  expect(JSON.parse(planned.stdout)).toEqual({
    released: false,
    due: true,
    snapshot_id: manifest.snapshot_id,
    url: null,
  });
  const first = await datasetRelease([], env);
  const [release] = await releasesOf(standin, 'ada/index');
  const told = `^Released ${tag}: ${release?.assets.length} files, `;
  expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(told) });
  expect(first.stdout.split('\n')[1]).toBe(release?.url);
  const second = await datasetRelease(['--json'], env);
  expect(JSON.parse(second.stdout)).toEqual({
    released: false,
    due: false,
    snapshot_id: manifest.snapshot_id,
    url: release?.url,
  });
}, 120_000);

test('SIGTERM ends an upload, and running it again finishes the release', async () => {
  const { output, standin } = await publishedSnapshot(fresh.db);
  standin.setFaults(['slow=400:releases']);
  const env = {
    DATABASE_URL: fresh.as.jobs.url,
    GITHUB_TOKEN: 'some-token',
    GITHUB_API_URL: standin.origin,
    PATH: process.env.PATH,
  };
  const args = [program, '--output', output, '--repository', 'ada/other'];
  const child = execFile(process.execPath, args, { cwd: emptyFolder(), env });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let complaint = '';
  child.stderr?.on('data', (text) => {
    complaint += text;
  });
  await expect
    .poll(() => standin.requests.filter(({ method }) => method === 'POST').length, { timeout: 60_000 })
    .toBe(2);
  child.kill('SIGTERM');
  expect(await ended).toBe(143);
  expect(complaint).toMatch(/dataset:release: Stopped by SIGTERM\. Run it again to finish\.\n$/);
  standin.setFaults([]);
  expect(await releasesOf(standin, 'ada/other')).toMatchObject([{ draft: true }]);
  expect((await datasetRelease(args.slice(1), { ...env, PATH: '' })).code).toBe(0);
  expect(await releasesOf(standin, 'ada/other')).toMatchObject([{ draft: false }]);
}, 120_000);

test.each([
  [{}, /^dataset:release: GITHUB_REPOSITORY is not set, so it is not known where releases go\. .+\n$/],
  [{ GITHUB_REPOSITORY: 'ada/index' }, /^dataset:release: GITHUB_TOKEN is not set, so /],
  [
    { GITHUB_REPOSITORY: 'ada', GITHUB_TOKEN: 'x' },
    /^dataset:release: GITHUB_REPOSITORY must be written owner\/name\./,
  ],
  [
    { GITHUB_REPOSITORY: 'ada/index', GITHUB_TOKEN: '', CI: 'true' },
    /^dataset:release: GITHUB_TOKEN is not set\. /,
  ],
])('with %o it does not know where to, and says so', async (set: Record<string, string>, words) => {
  const ended = await datasetRelease([], { DATABASE_URL: fresh.as.jobs.url, ...set });
  expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(words) });
});

test('a repository that is none is a wrong flag', async () => {
  expect((await datasetRelease(['--repository', 'https://github.com/ada'], {})).code).toBe(2);
});

test('beside development its index is released on the stand-in, whatever token and repository are set', async () => {
  const { standin } = await runningStandin(temporaryGists({}).dir);
  const dataDir = await freshDataDir(join(import.meta.dirname, '../../sql/migrations'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const { origin } = standin;
  const addresses = { serverUrl: origin, apiUrl: origin, graphqlUrl: `${origin}/graphql`, rawUrl: origin };
  writeGitHubFile(dataDir, { addresses, oauthApp: { clientId: 'development', clientSecret: 'secret' } });
  const cwd = emptyFolder();
  mkdirSync(join(cwd, '.data'));
  writeFileSync(join(cwd, '.data/current'), dataDir);
  await runProgram('export', [], { cwd });
  const database = await openDatabase({ databaseUrl: null, dataDir, log: silent });
  await publishNewest(database);
  await database.close();

  const env = { GITHUB_TOKEN: 'a-real-token', GITHUB_REPOSITORY: 'ada/real' };
  expect(await runProgram('release', [], { cwd, env })).toMatch(/^Released dataset-/);
  expect(await releasesOf(standin, 'ada/real')).toMatchObject([{ draft: false }]);
}, 120_000);
