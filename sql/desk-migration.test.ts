import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Inspection } from '#domain/inspection.ts';
import { storeInspection } from './queries/inspections.ts';
import { type FreshDatabase, freshDatabase } from './testing.ts';
import { exampleFinding, exampleInspection } from './testing-inspections.ts';
import { gistIdOf, listGists, takeOut } from './testing-rows.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
}, 60_000);
afterAll(() => fresh.close());

const text = readFileSync(new URL('./migrations/0007_desk.sql', import.meta.url), 'utf8');
/** What 0007 fills its columns with, in rows that were there before. */
const fillings = [...text.matchAll(/^update [\s\S]*?;$/gm)].map(([statement]) => statement);

const declared = { schema_version: '1.0.0' } as const;
const inspections: Partial<Inspection>[] = [
  {},
  { findings: [exampleFinding('a')] },
  { findings: [exampleFinding('a', { severity: 'high' }), exampleFinding('b')] },
  { findings: [exampleFinding('a', { severity: 'high', declared_false: true })] },
  { findings: [exampleFinding('a', { declared_false: true })], files: [] },
  { declared: { ...declared, consent_confirmed: false } },
  { declared: { ...declared, redaction_done: false, license: 'MIT' } },
  { declared: { ...declared, redaction_done: true, consent_confirmed: true } },
  { declared: null, declaration_problem: 'It is not valid JSON.' },
];

test('inspections of earlier times get the flags that the rule gives them', async () => {
  await listGists(fresh.db, inspections.length);
  for (const [i, given] of inspections.entries()) {
    expect(await storeInspection(fresh.db, exampleInspection(i + 1, { declared, ...given }))).toBe(true);
  }
  const flags = async () => {
    const { rows } = await fresh.db.query(
      'select flags, declared_license, formats_version from inspection order by gist_id',
    );
    return rows;
  };
  const written = await flags();
  expect(new Set(written.flatMap((row) => row.flags)).size).toBe(6);
  await fresh.db.query("update inspection set flags = '{}', declared_license = null");
  for (const filling of fillings) await fresh.db.query(filling);
  expect(await flags()).toEqual(written);
});

test('where an agent, a model or a language is declared, inspecting again is due', async () => {
  await storeInspection(
    fresh.db,
    exampleInspection(1, { declared: { ...declared, session: { agent: 'pi' } } }),
  );
  for (const filling of fillings) await fresh.db.query(filling);
  const { rows } = await fresh.db.query("select gist_id from inspection where formats_version = ''");
  expect(rows).toEqual([{ gist_id: gistIdOf(1) }]);
});

test('rows that stand where they were approved get those files, and all of them the time since when they wait', async () => {
  await takeOut(fresh.db, 2, 'suspended');
  await fresh.db.query('update submission set revision = $2 where gist_id = $1', [
    gistIdOf(2),
    'f'.repeat(40),
  ]);
  await fresh.db.query('update submission set approved_files = null, waiting_since = now()');
  for (const filling of fillings) await fresh.db.query(filling);
  const { rows } = await fresh.db.query(
    `select approved_files is not null as known, waiting_since = (
              select max(at) from moderation_log where moderation_log.gist_id = submission.gist_id and move in ('submit', 'edit')
            ) as since from submission where gist_id = any($1) order by gist_id`,
    [[gistIdOf(1), gistIdOf(2)]],
  );
  expect(rows).toEqual([
    { known: true, since: true },
    { known: false, since: true },
  ]);
});
