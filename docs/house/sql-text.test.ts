import { expect, test } from 'vitest';
import { readSources } from './source.ts';
import { sqlViolations } from './sql-text.ts';

const sources = readSources();

test('SQL is written in sql/ alone', () => {
  expect(sqlViolations(sources)).toEqual([]);
  // A thousand files are parsed, on machines that do other things too.
}, 300_000);

test.each([
  `db.query('select 1')`,
  `db.query('select seq from log_head')`,
  `db.query(\`select \${columns}\n from submission\`)`,
  `db.query("insert into note values ('x')")`,
  'db.query(`\n  with moved as (update submission set state = $1) select 1`)',
  `db.query('update submission set state = $1')`,
  `db.query('DELETE FROM note')`,
  `db.query('create table t (n int)')`,
])('%s', (text) => {
  expect(sqlViolations([{ path: 'functions/api/me.ts', text }])).toHaveLength(1);
  expect(sqlViolations([{ path: 'sql/queries/me.ts', text }])).toEqual([]);
});

test('prose is no SQL', () => {
  const text = `say('Select one from the list.'); say('update the page'); say('with care'); // select a from b`;
  expect(sqlViolations([{ path: 'functions/api/me.ts', text }])).toEqual([]);
});
