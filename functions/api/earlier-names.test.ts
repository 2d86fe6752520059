import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readEnvironment } from '#domain/environment.ts';
import { callbackPath } from './auth/sign-in.ts';
import { routes } from './routes.ts';

const root = join(import.meta.dirname, '../..');

/** What the earlier site had its operator set, made-up values in the shape they had. */
const variables = {
  DATABASE_URL: 'postgresql://user:password@host:5432/database?schema=public',
  NEXTAUTH_URL: 'https://openagentsessions.org',
  NEXTAUTH_SECRET: 'a strong secret of 32 characters at least',
  GITHUB_CLIENT_ID: 'id',
  GITHUB_CLIENT_SECRET: 'secret',
  GITHUB_API_TOKEN: 'token',
  MODERATOR_GITHUB_IDS: '17,23',
  DATASET_OUTPUT_DIR: '/srv/openagentsessions/.dataset',
  HETZNER_S3_ENDPOINT: 'https://fsn1.example',
  HETZNER_S3_BUCKET: 'openagentsessions-dataset',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret key',
  AWS_DEFAULT_REGION: 'us-east-1',
};

test('the settings of the earlier site start this one, with a word about the two that are called otherwise', () => {
  const environment = readEnvironment('start', variables, [
    'DATABASE_URL',
    'SITE_URL',
    'SESSION_SECRET',
    'GITHUB_CLIENT_ID',
    'GITHUB_CLIENT_SECRET',
    'MODERATOR_GITHUB_IDS',
    'HETZNER_S3_ENDPOINT',
    'HETZNER_S3_BUCKET',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
  ]);
  expect(environment).toMatchObject({
    databaseUrl: variables.DATABASE_URL,
    siteUrl: variables.NEXTAUTH_URL,
    sessionSecret: variables.NEXTAUTH_SECRET,
    oauthApp: { clientId: 'id', clientSecret: 'secret' },
    gistsToken: 'token',
    moderatorIds: new Set(['17', '23']),
    datasetOutputDir: variables.DATASET_OUTPUT_DIR,
    warnings: [
      'NEXTAUTH_URL is taken for SITE_URL; rename it.',
      'NEXTAUTH_SECRET is taken for SESSION_SECRET; rename it.',
    ],
  });
  expect(environment.bucket).toMatchObject({ endpoint: 'https://fsn1.example', region: 'us-east-1' });
});

test.each(['dev', 'build', 'start', 'db:migrate', 'db:migrate:deploy', 'dataset:export', 'dataset:publish'])(
  'npm run %s is there as it was',
  (script) => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(scripts).toHaveProperty([script]);
  },
);

test('the callback that the OAuth app has registered is answered', () => {
  expect(callbackPath).toBe('/api/auth/callback/github');
  expect(routes[callbackPath]).toBeDefined();
});

// That a built site answers /urls.txt too, `site/e2e/built-site.test.ts` holds.
test.each([
  ['/', 'index.astro'],
  ['/submit', 'submit.astro'],
  ['/moderation', 'moderation/index.astro'],
  ['/llms.txt', 'llms.txt.ts'],
])('%s is an address still', (_, page) => {
  expect(existsSync(join(root, 'site/pages', page))).toBe(true);
});
