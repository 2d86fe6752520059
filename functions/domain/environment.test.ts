import { expect, test } from 'vitest';
import { isProduction, readEnvironment } from './environment.ts';
import { EnvironmentError } from './environment-values.ts';

const complete = {
  DATABASE_URL: 'postgres://site@db/index',
  SITE_URL: 'https://openagentsessions.org',
  SESSION_SECRET: 'x'.repeat(32),
  GITHUB_CLIENT_ID: 'id',
  GITHUB_CLIENT_SECRET: 'secret',
  MODERATOR_GITHUB_IDS: '1, 583231',
};
const bucketVariables = {
  HETZNER_S3_ENDPOINT: 'https://fsn1.your-objectstorage.com/',
  HETZNER_S3_BUCKET: 'openagentsessions',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'other key',
};
const required = Object.keys(complete) as (keyof typeof complete)[];

test('start reads a complete environment', () => {
  const environment = readEnvironment('start', complete, required);
  expect(environment.production).toBe(true);
  expect([...environment.moderatorIds]).toEqual(['1', '583231']);
  expect(environment.github.apiUrl).toBe('https://api.github.com');
});

test.each(required)('start without %s is refused, naming it', (name) => {
  for (const value of ['', ' ', undefined]) {
    expect(() => readEnvironment('start', { ...complete, [name]: value }, required)).toThrow(name);
  }
});

test.each([
  ['GITHUB_API_URL', 'http://api.example.org'],
  ['GITHUB_API_URL', 'https://127.0.0.1:4399'],
  ['GITHUB_SERVER_URL', 'https://localhost'],
  ['GITHUB_GRAPHQL_URL', 'https://[::1]/graphql'],
  ['GIST_RAW_URL', 'http://127.0.0.1:4399'],
  ['GIST_RAW_URL', 'https://[::ffff:127.0.0.1]'],
  ['GIST_RAW_URL', 'https://localhost.'],
  ['MODERATOR_GITHUB_IDS', ','],
  ['MODERATOR_GITHUB_IDS', '4000000000'],
  ['MODERATOR_GITHUB_IDS', 'octocat'],
  ['SESSION_SECRET', 'short'],
  ['TRUSTED_PROXIES', 'caddy'],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['METRICS_PORT', '0'],
  ['METRICS_PORT', '127.0.0.1:9464'],
  ['SITE_URL', 'http://openagentsessions.org'],
  ['DATABASE_URL', 'mysql://db/index'],
  ['REPOSITORY_URL', 'git@github.com:owner/name.git'],
  ['DATASET_ADDRESS', 'bucket.fsn1.your-objectstorage.com'],
  ['DATASET_ADDRESS', 'http://bucket.test'],
  ['DATASET_ADDRESS', 'https://bucket.test/?list-type=2'],
])('production refuses %s=%s', (name, value) => {
  expect(() => readEnvironment('start', { ...complete, [name]: value }, required)).toThrow(EnvironmentError);
});

test('the bucket is read at an address without a slash at its end', () => {
  const record = { ...complete, DATASET_ADDRESS: 'https://s3.test/bucket/' };
  expect(readEnvironment('start', record).datasetAddress).toBe('https://s3.test/bucket');
  expect(readEnvironment('start', complete).datasetAddress).toBeNull();
});

test.each([
  [{}, null],
  [{ GITHUB_REPOSITORY: 'owner/name' }, 'https://github.com/owner/name'],
  [{ GITHUB_REPOSITORY: 'owner/name', REPOSITORY_URL: 'https://git.test/x' }, 'https://git.test/x'],
])('with %o the code is at %s', (record, repositoryUrl) => {
  expect(readEnvironment('build', record)).toMatchObject({ repositoryUrl });
});

test('development needs nothing', () => {
  const environment = readEnvironment('dev', {});
  expect(environment).toMatchObject({ production: false, databaseUrl: null, oauthApp: null });
});

test.each([
  ['dataset:export', { CI: 'true' }, true],
  ['dataset:export', { GITHUB_ACTIONS: 'true' }, true],
  ['dataset:export', { NODE_ENV: 'production' }, true],
  ['dataset:export', { SITE_URL: 'https://openagentsessions.org' }, true],
  ['dataset:export', { SITE_URL: 'http://127.0.0.1:4321' }, false],
  ['dataset:export', {}, false],
  ['dev', { CI: 'true', NODE_ENV: 'production' }, false],
  ['github:standin', { CI: 'true' }, false],
  ['start', {}, true],
])('%s with %o: production %s', (script, record, expected) => {
  expect(isProduction(script, record)).toBe(expected);
});

test('a job in CI names the database it lacks', () => {
  expect(() => readEnvironment('dataset:export', { CI: 'true' }, ['DATABASE_URL'])).toThrow('DATABASE_URL');
});

test('the original’s names are taken with a warning', () => {
  const { SITE_URL: _site, SESSION_SECRET: _secret, ...others } = complete;
  const older = { ...others, NEXTAUTH_URL: complete.SITE_URL, NEXTAUTH_SECRET: complete.SESSION_SECRET };
  const environment = readEnvironment('start', older, required);
  expect(environment.siteUrl).toBe(complete.SITE_URL);
  expect(environment.warnings).toHaveLength(2);
});

test('a bucket is whole, or there is none', () => {
  expect(readEnvironment('dataset:publish', {}).bucket).toBeNull();
  // The keys may be there for another program.
  expect(readEnvironment('dataset:publish', { AWS_ACCESS_KEY_ID: 'key' }).bucket).toBeNull();
  expect(readEnvironment('dataset:publish', bucketVariables).bucket).toEqual({
    endpoint: 'https://fsn1.your-objectstorage.com',
    name: 'openagentsessions',
    region: 'us-east-1',
    accessKeyId: 'key',
    secretAccessKey: 'other key',
  });
  for (const name of Object.keys(bucketVariables)) {
    const half = { ...bucketVariables, [name]: '' };
    expect(() => readEnvironment('dataset:publish', half)).toThrow(`${name} is not set`);
  }
});

test.each([
  ['HETZNER_S3_ENDPOINT', 'fsn1.your-objectstorage.com'],
  ['HETZNER_S3_ENDPOINT', 'https://fsn1.your-objectstorage.com/openagentsessions'],
  ['HETZNER_S3_ENDPOINT', 'http://127.0.0.1:7480'],
  ['HETZNER_S3_BUCKET', 'https://openagentsessions.fsn1.your-objectstorage.com'],
  ['RECHECK_CANARY_GIST_ID', 'https://gist.github.com/ada/0123'],
  ['GITHUB_REPOSITORY', 'openagentsessions'],
])('a job in production refuses %s=%s', (name, value) => {
  const record = { CI: 'true', ...bucketVariables, [name]: value };
  expect(() => readEnvironment('dataset:publish', record)).toThrow(name);
});

test('a bucket on this machine is taken in development', () => {
  const record = { ...bucketVariables, HETZNER_S3_ENDPOINT: 'http://127.0.0.1:7480' };
  expect(readEnvironment('dataset:publish', record).bucket?.endpoint).toBe('http://127.0.0.1:7480');
});

test('a machine that makes backups and publishes nothing needs no bucket to publish in', () => {
  const record = {
    HETZNER_S3_ENDPOINT: bucketVariables.HETZNER_S3_ENDPOINT,
    BACKUP_S3_BUCKET: 'backups',
    BACKUP_AWS_ACCESS_KEY_ID: 'own key',
    BACKUP_AWS_SECRET_ACCESS_KEY: 'own other key',
    BACKUP_RECIPIENT: `age1${'q'.repeat(58)}, age1${'p'.repeat(58)}`,
  };
  const environment = readEnvironment('backup', record, ['BACKUP_S3_BUCKET', 'BACKUP_RECIPIENT']);
  expect(environment).toMatchObject({
    bucket: null,
    backupBucket: {
      endpoint: 'https://fsn1.your-objectstorage.com',
      name: 'backups',
      accessKeyId: 'own key',
    },
    backupRecipients: [`age1${'q'.repeat(58)}`, `age1${'p'.repeat(58)}`],
  });
});

test('a backup that goes to a folder, or has no place yet, is not told of the bucket to publish in', () => {
  const { HETZNER_S3_ENDPOINT } = bucketVariables;
  expect(readEnvironment('backup', { HETZNER_S3_ENDPOINT }).bucket).toBeNull();
  const production = { NODE_ENV: 'production', HETZNER_S3_ENDPOINT };
  expect(() => readEnvironment('backup', production, ['BACKUP_S3_BUCKET'])).toThrow(
    'BACKUP_S3_BUCKET is not set.',
  );
  expect(() => readEnvironment('dataset:publish', production)).toThrow('HETZNER_S3_BUCKET is not set');
});

test('backups take the keys of the other bucket where they have none, and leave that one as it is', () => {
  const { bucket, backupBucket } = readEnvironment('backup', {
    ...bucketVariables,
    BACKUP_S3_BUCKET: 'backups',
  });
  expect(bucket?.name).toBe('openagentsessions');
  expect(backupBucket).toEqual({ ...bucket, name: 'backups' });
});

test.each([
  [{ BACKUP_S3_BUCKET: 'backups', HETZNER_S3_ENDPOINT: '' }, 'HETZNER_S3_ENDPOINT'],
  [{ BACKUP_S3_BUCKET: 'https://s3.test/backups' }, 'BACKUP_S3_BUCKET'],
  [{ BACKUP_S3_BUCKET: 'backups', BACKUP_RECIPIENT: 'AGE-SECRET-KEY-1QQQQ' }, 'BACKUP_RECIPIENT'],
  [
    { NODE_ENV: 'production', BACKUP_S3_BUCKET: 'backups', HETZNER_S3_ENDPOINT: 'http://s3.test' },
    'HETZNER_S3_ENDPOINT',
  ],
])('a place of backups like %o is refused, naming %s', (given, name) => {
  expect(() => readEnvironment('backup', { ...bucketVariables, HETZNER_S3_BUCKET: '', ...given })).toThrow(
    new RegExp(`${name}\\b`),
  );
});
