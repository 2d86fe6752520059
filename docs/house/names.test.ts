import { expect, test } from 'vitest';
import { nameViolations } from './names.ts';
import { pathsBelow } from './source.ts';

test('folders and files are called as they are here', () => {
  expect(nameViolations(pathsBelow())).toEqual([]);
});

test.each([
  'src/index.ts',
  'lib/strings.ts',
  'functions/utils/strings.ts',
  'functions/http/helpers.ts',
  'site/data/rows.ts',
  'actions/exportJob/index.ts',
  'sql/queries/PublicLog.ts',
  'functions/domain/gist_address.ts',
])('refuses %s', (path) => {
  expect(nameViolations([path])).toHaveLength(1);
});

test.each([
  'astro.config.mjs',
  'site/components/RecordCard.astro',
  'site/pages/sessions/[gist_id].astro',
  'site/pages/llms.txt.ts',
  'sql/migrations/0001_accounts.sql',
  'actions/node-24.mjs',
])('takes %s', (path) => {
  expect(nameViolations([path])).toEqual([]);
});
