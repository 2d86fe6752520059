import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { everything, type Selection } from '../copy/selection/selection.ts';
import { copyIn, inventedGist, lines, removal, rowOf } from '../copy/testing.ts';
import { temporaryFolder } from '../copy/testing-rows.ts';
import { report } from './report.ts';
import { run } from './run.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const texts = (n: number) => ({ 'a.jsonl': 'x'.repeat(n), 'b.md': 'b' });

const rows = [
  rowOf(inventedGist(1), texts(10), {
    seq: 1,
    agent: 'codex',
    format: 'codex',
    license: 'MIT',
    models: ['gpt-9', 'gpt-9-mini'],
    languages: ['rust'],
    tool_calls: 7,
    input_tokens: 100,
    output_tokens: 20,
    started_at: '2026-03-01T10:00:00.000Z',
    approved_at: '2026-11-01T06:00:00.000Z',
    truncated: false,
    has_thinking: true,
  }),
  rowOf(inventedGist(2), texts(20), {
    seq: 2,
    models: ['gpt-9'],
    tool_calls: 3,
    gist_owner_id: '4000000002',
    started_at: '2026-02-01T10:00:00',
    approved_at: '2026-11-02T06:00:00.000Z',
    truncated: true,
  }),
  rowOf(inventedGist(3), texts(30), { seq: 3, approved_at: '2026-11-03T06:00:00.000Z', agent: null }),
];

async function stats(selection: Partial<Selection> = {}) {
  const outcome = await run(
    { copy: folder, selection: { ...everything, ...selection } },
    { signal: new AbortController().signal },
  );
  const told = report(outcome);
  if (!told.ok) throw new Error(told.sentence);
  return told;
}

test('a snapshot in numbers: sums of what is known, values by how often they occur, and what is here', async () => {
  const copy = copyIn(folder);
  copy.snapshot(3, rows);
  const [first] = rows;
  if (first) copy.bring(first, texts(10));
  const whose = rows.map(({ gist_id, record_id, gist_version }) => ({ gist_id, record_id, gist_version }));
  copy.write('status-1-of-2.ndjson', lines([{ ...whose[0], status: 'ok', why: null, files: [] }]));
  copy.write('status-2-of-2.ndjson', lines([{ ...whose[1], status: 'rate_limited', why: 'x', files: [] }]));

  const { summary, lines: said } = await stats();
  expect(summary).toMatchObject({
    listed: 3,
    sessions: 3,
    departed_since: 0,
    files: 6,
    bytes: 63,
    contributors: 2,
    approved: { first: '2026-11-01T06:00:00.000Z', last: '2026-11-03T06:00:00.000Z' },
    started: { first: '2026-02-01T10:00:00', last: '2026-03-01T10:00:00.000Z' },
    tool_calls: { sum: 10, known: 2 },
    input_tokens: { sum: 100, known: 1 },
    redactions: { sum: null, known: 0 },
    flags: {
      truncated: { yes: 1, no: 1, unknown: 1 },
      has_thinking: { yes: 1, no: 0, unknown: 2 },
      first_prompt_present: { yes: 0, no: 0, unknown: 3 },
    },
    licenses: {
      values: [
        { value: 'CC0-1.0', sessions: 2 },
        { value: 'MIT', sessions: 1 },
      ],
    },
    agents: {
      values: [
        { value: 'claude-code', sessions: 1 },
        { value: 'codex', sessions: 1 },
      ],
      unknown: 1,
    },
    models: {
      values: [
        { value: 'gpt-9', sessions: 2 },
        { value: 'gpt-9-mini', sessions: 1 },
      ],
      unknown: 1,
    },
    languages: { values: [{ value: 'rust', sessions: 1 }], unknown: 2 },
    here: { sessions: 1, files: 2, bytes: 11 },
    statuses: { ok: 1, rate_limited: 1, none: 1 },
  });
  expect(said).toContain('tool calls            10  known of 2');
  expect(said).toContain('redactions            not known  known of 0');
  expect(said).toContain('status                1 not in status.ndjson, 1 ok, 1 rate_limited');
  expect(said).toContain('model  2  gpt-9');
});

test('of a selection only what it takes is counted, up to its limit', async () => {
  copyIn(folder).snapshot(3, rows);
  expect((await stats({ minToolCalls: 5 })).summary).toMatchObject({ listed: 3, sessions: 1, bytes: 11 });
  expect((await stats({ limit: 2 })).summary).toMatchObject({ sessions: 2, bytes: 32 });
  expect((await stats({ ids: new Set([inventedGist(3)]) })).summary).toMatchObject({ sessions: 1, files: 2 });
  expect((await stats({ minToolCalls: 50 })).summary).toMatchObject({
    sessions: 0,
    approved: { first: null },
  });
});

test('what departed since the snapshot is told apart', async () => {
  const copy = copyIn(folder);
  copy.snapshot(3, rows);
  copy.removed([removal(inventedGist(2), 90)]);
  const { summary, lines: said } = await stats();
  expect(summary).toMatchObject({ sessions: 2, departed_since: 1, files: 4 });
  expect(said[1]).toBe('selected              2  and 1 that departed since');
});

test('names of somebody’s invention stay in their line', async () => {
  copyIn(folder).snapshot(3, [
    rowOf(inventedGist(1), {}, { models: ['\u001b[31mred\nnext'], languages: [7, {}], redactions: 'many' }),
  ]);
  const { summary, lines: said } = await stats();
  expect(said).toContain('model  1  [31mred next');
  expect(summary).toMatchObject({ languages: { values: [], unknown: 1 }, redactions: { sum: null } });
});

test('without a snapshot there is nothing to count', async () => {
  copyIn(folder).snapshot(3, rows);
  rmSync(join(folder, 'latest'));
  await expect(stats()).rejects.toThrow(/no snapshot/);
});
