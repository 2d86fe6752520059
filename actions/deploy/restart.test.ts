import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = join(import.meta.dirname, '..', '..', 'docs', 'deploy', 'restart.sh');

let folder: string;
/** The release as the key for deploying brought it, and what root alone reads. */
let release: string;
let secret: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'openagentsessions-restart-test-')));
  release = join(folder, 'site/releases/a');
  secret = join(folder, 'etc/client');
  await mkdir(join(release, 'dist/client'), { recursive: true });
  await mkdir(secret, { recursive: true });
  await writeFile(join(secret, 'site.env'), 'SESSION_SECRET=never-told\n');
  await symlink('releases/a', join(folder, 'site/current'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Runs it with its folders in ours; it gets as far as the first thing that it refuses. */
async function restarted(): Promise<unknown> {
  const text = (await readFile(script, 'utf8'))
    .replace('root=/srv/openagentsessions', `root=${folder}/site`)
    .replace('caddy=/etc/caddy/openagentsessions', `caddy=${folder}`)
    .replace('/run/openagentsessions-restart.lock', `${folder}/lock`)
    .replaceAll('systemctl', 'false');
  return promisify(execFile)('bash', ['-c', text]).catch((error: unknown) => error);
}

test('headers that lead to a file of root’s are not read, nor told of', async () => {
  await symlink(join(secret, 'site.env'), join(release, 'dist/headers.caddy'));
  expect(await restarted()).toMatchObject({
    code: 1,
    stdout: '',
    stderr: `restart: ${release}/dist/headers.caddy leads out of its release. Build the site anew.\n`,
  });
});

test('pages that lead elsewhere are not served', async () => {
  await rm(join(release, 'dist'), { recursive: true });
  await writeFile(join(folder, 'etc/headers.caddy'), '# none\n');
  await symlink(join(folder, 'etc'), join(release, 'dist'));
  expect(await restarted()).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('leads out of its release'),
  });
});

test('a release without links is restarted', async () => {
  await writeFile(join(release, 'dist/headers.caddy'), '# none\n');
  expect(await restarted()).toMatchObject({
    code: 1,
    stderr: 'restart: Caddy does not take its settings. Look at: journalctl -u caddy\n',
  });
});
