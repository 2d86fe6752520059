import { expect, test } from 'vitest';
import { repositoryName } from './repository-name.ts';

test.each([
  'https://github.com/owner/name',
  'https://github.com/owner/name.git',
  'https://github.com/owner/name/',
])('%s is owner/name', (address) => {
  expect(repositoryName(address)).toBe('owner/name');
});

test.each([
  null,
  '',
  'git@github.com:owner/name.git',
  'https://example.org/owner/name',
  'http://github.com/o/n',
  'https://github.com/owner',
])('%s is nowhere that gh could look', (address) => {
  expect(repositoryName(address)).toBeNull();
});
