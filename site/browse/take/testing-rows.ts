import fc from 'fast-check';
import type { DatasetRow } from '#domain/dataset-row.ts';
import { exampleRow } from '../../published/example-rows.ts';
import { facetNames, facetsOf } from '../facets.ts';
import { readSelection, type Selection, sortNames } from '../selection.ts';
import { wordsOf, wordsOfSession } from '../words.ts';

export const hostile = [
  "Robert'); DROP TABLE sessions;--",
  '\u202eevil /* \n -- \u2028 \\',
  'a"b$1\\1%_[x]{y}',
  '👩‍👩‍👧 emoji',
];
export const titles = [
  'Fix a test',
  'Fïx thé TEST again',
  'ΟΔΟΣ and οδος',
  '日本語のテスト 한국어 ภาษาไทย',
  `Long ${'x'.repeat(80)}`,
  'test-driven fixing, 2 of 3',
  'İstanbul ÅNGSTRÖM',
  ...hostile,
];

export const rows: DatasetRow[] = Array.from({ length: 60 }, (_, n) => {
  const pick = <Value>(values: readonly Value[], step: number) =>
    values[(n * step + (n >> 3)) % values.length];
  return exampleRow({
    gist_id: n.toString(16).padStart(32, '0'),
    gist_owner_id: String(4_000_000_000 + (n % 5)),
    approved_at: `2026-1${n % 3 === 0 ? 0 : 1}-${String(28 - ((n >> 1) % 28)).padStart(2, '0')}T06:00:00.000Z`,
    license: pick(['MIT', 'CC0-1.0', 'CC-BY-4.0'] as const, 1) ?? 'MIT',
    title: pick(titles, 1) ?? '',
    topic: pick([null, 'Testing', ...hostile], 3) ?? null,
    tags: [pick(hostile, 1) ?? '', pick(['fix', 'tests', 'O’Neil'], 2) ?? ''],
    total_bytes: (n * 7919) % 1000,
    agent: pick([null, 'codex', 'claude-code', 'pi'] as const, 1) ?? null,
    models: pick([null, [], ['gpt-5'], ['gpt-5', 'o3'], [hostile[0] ?? '']], 1) ?? null,
    languages: pick([null, ['Rust'], ['Rust', 'C++']], 2) ?? null,
    started_at:
      pick([null, '2026-01-31T23:59:59.999Z', '2026-02-01T00:00:00', '2025-12-24T10:00:00Z'], 1) ?? null,
    user_messages: pick([null, 0, 1, 9, 10, 500, 1000], 1) ?? null,
    assistant_messages: pick([null, null, 0, 1, 40, 199, 200], 3) ?? null,
    input_tokens: pick([null, 10, 5000], 1) ?? null,
    output_tokens: pick([null, null, 20, 7], 1) ?? null,
    first_prompt_present: pick([null, true, false], 1) ?? null,
    tool_calls_paired: pick([null, true, false], 2) ?? null,
    truncated: pick([null, false, true], 1) ?? null,
    has_thinking: pick([true, null, false], 1) ?? null,
    has_subagents: pick([false, true, null], 1) ?? null,
    redactions: pick([null, 0, 3], 1) ?? null,
    scan: pick([null, 'clean', 'reviewed'] as const, 1) ?? null,
  });
}).sort((a, b) => compare(b.approved_at, a.approved_at) || compare(a.gist_id, b.gist_id));

export const everything: Selection = readSelection(new URLSearchParams()).selection;

/** What the selection is said to be, word for word. */
export function selected({ facets, text, from, to, sort }: Selection): string[] {
  const found = rows.filter((row) => {
    const values = facetsOf(row);
    const month = row.started_at?.slice(0, 7) ?? null;
    const words = wordsOfSession(row);
    return (
      facetNames.every((name) => {
        const sought = facets[name] ?? [];
        if (sought.length === 0) return true;
        return name === 'fit'
          ? sought.every((value) => values.fit.includes(value))
          : sought.some((value) => values[name].includes(value));
      }) &&
      (from === null || (month !== null && month >= from)) &&
      (to === null || (month !== null && month <= to)) &&
      wordsOf(text).every((word) => words.includes(word))
    );
  });
  const sum = (a: number | null, b: number | null) => (a === null && b === null ? -1 : (a ?? 0) + (b ?? 0));
  const measure: Record<string, (row: DatasetRow) => number> = {
    longest: (row) => sum(row.user_messages, row.assistant_messages),
    tokens: (row) => sum(row.input_tokens, row.output_tokens),
    largest: (row) => row.total_bytes,
  };
  const by = measure[sort];
  if (by) found.sort((a, b) => by(b) - by(a));
  if (sort === 'oldest') found.reverse();
  return found.map((row) => row.gist_id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const subsets = Object.fromEntries(
  facetNames.map((name) => {
    const values = [...new Set(rows.flatMap((row) => facetsOf(row)[name]))];
    return [name, fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.subarray([...values, 'no such']))];
  }),
);
const month = fc.constantFrom(null, null, '2025-12', '2026-01', '2026-02');
/** Selections of every kind, of values that sessions have and one that none has. */
export const selections = fc.record({
  facets: fc.record(subsets),
  text: fc.constantFrom('', '', 'fix', 'test', 'fix again', 'emoji'),
  from: month,
  to: month,
  sort: fc.constantFrom(...sortNames),
}) as fc.Arbitrary<Selection>;
