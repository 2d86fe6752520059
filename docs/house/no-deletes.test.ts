import { expect, test } from 'vitest';
import { deleteViolations, githubDeleteViolations } from './no-deletes.ts';
import { readSources } from './source.ts';

test('nothing that was published can be deleted by code', () => {
  expect(deleteViolations(readSources())).toEqual([]);
});

test.each([
  `import { DeleteObjectCommand } from '@aws-sdk/client-s3';`,
  `import { DeleteObjectsCommand as remove } from '@aws-sdk/client-s3';`,
  `import { PutBucketLifecycleConfigurationCommand } from '@aws-sdk/client-s3';`,
  `import * as s3 from '@aws-sdk/client-s3';`,
  `import { S3 } from '@aws-sdk/client-s3';`,
  `const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');`,
])('refuses %s', (text) => {
  expect(deleteViolations([{ path: 'actions/publish/run.ts', text }])).toHaveLength(1);
});

test('what only writes and reads is taken', () => {
  const text = `import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';`;
  expect(deleteViolations([{ path: 'actions/bucket/s3/s3-bucket.ts', text }])).toEqual([]);
});

test('nothing of GitHub’s is deleted but an asset of a draft', () => {
  expect(githubDeleteViolations(readSources())).toEqual([]);
});

test.each([
  `await ask(repository, 'DELETE', path, {}, schema);`,
  'await octokit.request(`DELETE /repos/ada/index/releases/1`);',
  `await octokit.rest.repos.deleteRelease({ owner, repo, release_id });`,
])('refuses %s', (text) => {
  expect(githubDeleteViolations([{ path: 'actions/release/run.ts', text }])).toHaveLength(1);
});
