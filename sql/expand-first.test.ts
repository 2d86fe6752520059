import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readMigrations } from './migration-files.ts';

/*
 * During a restart the release before runs on the new schema, and after a roll-back it does so for good. So a migration
 * adds; what it takes away or narrows waits for the release after the last one that needs it.
 */

const breaking: readonly (readonly [RegExp, string])[] = [
  [/\bdrop\s+(?:table|column|type)\b/, 'takes away what the release before reads'],
  [/\brename\b/, 'takes away a name that the release before uses'],
  [
    /\balter\s+column\s+\w+\s+(?:set\s+data\s+)?type\b/,
    'changes a type, and writes the whole table anew under a lock',
  ],
  [/\balter\s+column\s+\w+\s+set\s+not\s+null\b/, 'refuses rows that the release before writes'],
  [
    /\badd\s+column\s+(?![^,;]*\bdefault\b)[^,;]*\bnot\s+null\b/,
    'refuses rows that the release before writes',
  ],
];

/** Migrations that take away what no release needs any more, each with what has made sure of that. */
const cleared: Readonly<Record<string, string>> = {};

function breaks(sql: string): string[] {
  const text = sql.replaceAll(/--.*$/gm, '').toLowerCase();
  return breaking.filter(([pattern]) => pattern.test(text)).map(([, why]) => why);
}

test('no migration breaks the release before it', () => {
  const files = readMigrations(fileURLToPath(new URL('migrations', import.meta.url)));
  const found = files
    .filter(({ name }) => !(name in cleared))
    .flatMap(({ name, sql }) => breaks(sql).map((why) => `${name} ${why}`));
  expect(found).toEqual([]);
});

test.each([
  'alter table account drop column login',
  'drop table reader;',
  'alter table account rename column login to name',
  'alter table account alter column login type varchar(40)',
  'alter table account\n  alter column login set not null',
  'alter table account add column mail text not null',
])('%s is one that does', (sql) => {
  expect(breaks(sql)).toHaveLength(1);
});

test.each([
  'alter table account add column mail text not null default now()',
  'alter table account alter column login drop not null, add column mail text',
  'drop index reader_gist; create index reader_gist on reader (gist_id)',
  '-- drop table reader',
])('%s is none', (sql) => {
  expect(breaks(sql)).toEqual([]);
});
