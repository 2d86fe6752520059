import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startS3Standin } from '../bucket/standin/start.ts';
import { type Index, startIndex } from '../recheck/testing.ts';
import { moveRow } from '../reinspect/testing.ts';
import { bundleAbout, releasesOf } from '../release/testing.ts';
import { type Ground, walkWorkflow } from './walk.ts';

const repository = 'example-org/site';
let index: Index;
let s3: Awaited<ReturnType<typeof startS3Standin>>;
let folder: string;
let ground: Ground;
let gistIds: string[];
/** How often something was attested. */
let attested = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openagentsessions-walk-'));
  s3 = await startS3Standin();
  const bucket = s3.bucket('sessions');
  index = await startIndex();
  gistIds = [];
  for (const place of ['ada/one', 'ben/two', 'cleo/three']) gistIds.push(await index.taken(place));
  const { origin } = index.standin;
  ground = {
    folder,
    settings: {
      'secrets.DATABASE_URL': index.fresh.as.jobs.url,
      'secrets.MIGRATIONS_DATABASE_URL': index.fresh.url,
      'secrets.TUNNEL_KEY': '',
      'secrets.GISTS_TOKEN': 'ghp_without_permission',
      'secrets.OAUTH_CLIENT_ID': '',
      'secrets.OAUTH_CLIENT_SECRET': '',
      'secrets.AWS_ACCESS_KEY_ID': bucket.accessKeyId,
      'secrets.AWS_SECRET_ACCESS_KEY': bucket.secretAccessKey,
      'secrets.GITHUB_TOKEN': 'ghs_of_this_job',
      'vars.TUNNEL_ADDRESS': '',
      'vars.SSH_KNOWN_HOSTS': '',
      'vars.RECHECK_CANARY_GIST_ID': gistIds[0] ?? '',
      'vars.HETZNER_S3_ENDPOINT': bucket.endpoint,
      'vars.HETZNER_S3_BUCKET': bucket.name,
      'vars.AWS_DEFAULT_REGION': bucket.region,
      'vars.DATASET_ADDRESS': `${bucket.endpoint}/${bucket.name}`,
      'vars.SITE_URL': 'https://sessions.localhost',
      'vars.DATASET_LICENSE': 'CC0-1.0',
    },
    env: {
      GITHUB_API_URL: origin,
      GITHUB_GRAPHQL_URL: `${origin}/graphql`,
      GITHUB_SERVER_URL: origin,
      GIST_RAW_URL: origin,
      GITHUB_REPOSITORY: repository,
    },
    // Packages are here, and the built site and its handing over have tests of their own.
    leftOut: /^npm ci |^npm run (?:build|deploy)$/,
    act: attest,
  };
}, 300_000);
afterAll(async () => {
  await index.close();
  await s3.close();
  await rm(folder, { recursive: true });
});

/** What actions/attest does with a list of hashes; the others have nothing to do here. */
async function attest(
  uses: string,
  given: Readonly<Record<string, unknown>>,
  cwd: string,
): Promise<Record<string, string>> {
  if (!uses.startsWith('actions/attest@')) return {};
  attested += 1;
  const sums = await readFile(join(cwd, String(given['subject-checksums'])), 'utf8');
  const hashes = [...sums.matchAll(/^([0-9a-f]{64}) [ *](.+)$/gm)].map(([, hash, name]) => [name, hash]);
  const path = join(dirname(cwd), 'bundle.json');
  await writeFile(path, bundleAbout(Object.fromEntries(hashes)));
  return { 'bundle-path': path };
}

const published = async (file: string) =>
  (await fetch(`${ground.settings['vars.DATASET_ADDRESS']}/latest/${file}`)).text();

test('snapshot.yml, step by step: what is listed is rechecked, published, attested and released', async ({
  annotate,
}) => {
  const walked = await walkWorkflow('snapshot.yml', ground);
  await annotate(walked.map(({ page }) => page).join('\n'));
  const recheck = { job: 'recheck', command: 'npm run tunnel -- npm run recheck' };
  expect(walked.map(({ job, command }) => ({ job, command }))).toEqual([
    recheck,
    recheck,
    recheck,
    recheck,
    { job: 'snapshot', command: 'npm run tunnel -- npm run dataset:removals' },
    { job: 'snapshot', command: 'npm run tunnel -- npm run dataset:export' },
    { job: 'snapshot', command: 'npm run tunnel -- npm run dataset:publish' },
    { job: 'snapshot', command: 'npm run tunnel -- npm run dataset:removals' },
    { job: 'release', command: 'npm run dataset:fetch' },
    { job: 'release', command: 'npm run tunnel -- npm run dataset:release' },
    { job: 'release', command: 'npm run tunnel -- npm run dataset:release' },
    { job: 'deploy', command: 'npm run tunnel -- npm run db:migrate:deploy' },
    { job: 'deploy', command: 'npm run dataset:fetch' },
    { job: 'keep-alive', command: 'npm run keep-alive' },
  ]);
  for (const { page, command } of walked) {
    // A script that only adds a flag has the page of the one it adds it to.
    const script = command
      .split('npm run ')
      .at(-1)
      ?.replace(/:deploy$/, '');
    expect(page.startsWith(`### ${script}\n`), command).toBe(true);
  }
  const manifest = JSON.parse(await published('manifest.json'));
  expect(manifest).toMatchObject({ record_count: 3, changes: { added: 3 } });
  expect(JSON.parse(await published('status.json'))).toMatchObject({ counts: { listed: 3 } });
  for (const file of ['croissant.json', 'README.md']) {
    expect(await published(file)).toContain('https://sessions.localhost/');
    expect(await published(file)).toMatch(/cc0-1\.0/i);
  }
  const [release, ...more] = await releasesOf(index.standin, repository);
  expect(more).toEqual([]);
  expect(JSON.stringify(release)).toContain(`dataset-${manifest.snapshot_id}.sigstore.json`);
}, 600_000);

test.each([
  ['again, with nothing new', async () => undefined],
  [
    'after a run that died before the history heard of its snapshot',
    async () => index.db.query('update snapshot set published_at = null'),
  ],
])(
  '%s: no other snapshot, no other release, no other attestation',
  async (_what, happens) => {
    const before = await published('manifest.json');
    await happens();
    expect(await walkWorkflow('snapshot.yml', ground)).toHaveLength(14);
    expect(await published('manifest.json')).toBe(before);
    expect(await releasesOf(index.standin, repository)).toHaveLength(1);
    expect(attested).toBe(1);
  },
  600_000,
);

test('removals.yml, between snapshots: who left is told, and nothing else changes', async () => {
  const before = await published('manifest.json');
  expect(await published('removed.ndjson')).toBe('');
  await moveRow(index.db, gistIds[2] ?? '', 'withdraw');
  expect(await walkWorkflow('removals.yml', ground)).toHaveLength(1);
  expect(JSON.parse(await published('removed.ndjson'))).toMatchObject({
    kind: 'withdrawn',
    gist_id: gistIds[2],
  });
  expect(await published('manifest.json')).toBe(before);
}, 300_000);

test('a setting that a workflow asks for and nobody has is told', async () => {
  const { 'vars.DATASET_ADDRESS': _, ...settings } = ground.settings;
  await expect(walkWorkflow('deploy.yml', { ...ground, settings })).rejects.toThrow(
    'the workflow asks for vars.DATASET_ADDRESS',
  );
}, 300_000);
