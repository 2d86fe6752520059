import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { JobFailure } from '../failure.ts';
import { endOf } from '../testing.ts';
import { publish } from './publish.ts';

const packed = {
  version: '1.2.3',
  tarball: '/srv/openagentsessions-1.2.3.tgz',
  folder: '/srv',
  bytes: 1,
  sha256: '',
};

/** What npm was told to do. */
async function asked(tag: string | null): Promise<string[]> {
  const told: string[] = [];
  await publish(packed, { tag }, async (args) => {
    told.push(args.join(' '));
    return '';
  });
  return told;
}

test('npm gets the file, and says in public what it was made of', async () => {
  const publication =
    'publish /srv/openagentsessions-1.2.3.tgz --provenance --access public --ignore-scripts';
  expect(await asked('command-v1.2.3')).toEqual([publication]);
  expect(await asked(null)).toEqual([publication]);
});

test.each(['command-v1.2.4', 'v1.2.3', 'command-v1.2.30'])(
  'the tag %s is refused for another version',
  async (tag) => {
    await expect(asked(tag)).rejects.toThrow(JobFailure);
  },
);

/** The job, as a step of GitHub Actions runs it. */
async function job(args: string[], env: Record<string, string>) {
  const cwd = mkdtempSync(join(tmpdir(), 'openagentsessions-pack-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const actions = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'owner/name' };
  return { ...(await endOf('pack', args, { cwd, env: { ...actions, ...env } })), cwd };
}

test('in GitHub Actions it names its repository, which npm holds against whose workflow it is', async () => {
  const { code, stdout, cwd } = await job(['--json'], {});
  expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, published: false });
  const manifest = JSON.parse(readFileSync(join(cwd, '.command/package/package.json'), 'utf8'));
  expect(manifest.repository).toEqual({ type: 'git', url: 'git+https://github.com/owner/name.git' });
});

test('a tag of another version: a sentence, and nothing is published', async () => {
  const tag = { GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'command-v0.0.0', INPUT_PUBLISH: 'true' };
  const { code, stdout, stderr } = await job([], tag);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^command:pack: The tag command-v0\.0\.0 is not command-v\d\S+, the version in package\.json\./m,
  );
  expect(stdout).not.toContain('Published');
});
