import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runProgram } from '../testing.ts';
import { report } from './report.ts';
import { run } from './run.ts';

const columns = [
  'path',
  'provenance',
  'models',
  'version',
  'session_ids',
  'user_prompts',
  'assistant_messages',
  'tool_calls',
  'tool_names',
  'first_ts',
  'last_ts',
  'input_tokens',
  'output_tokens',
  'expected_detection',
];

/** A corpus of two sessions and a file that is none; the truth of the second session's models is wrong. */
function corpus(): string {
  const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const place = { sessionId: 's1', parentUuid: null, isSidechain: false, version: '2.1.0' };
  const prompt = { ...place, type: 'user', uuid: 'u1', timestamp: '2026-01-05T08:00:00.000Z' };
  const answer = { ...place, type: 'assistant', uuid: 'u2', timestamp: '2026-01-05T08:00:09.500Z' };
  const usage = { input_tokens: 5, cache_read_input_tokens: 20, output_tokens: 7 };
  const content = [{ type: 'tool_use', id: 't1', name: 'Read', input: {} }];
  const session = [
    { ...prompt, message: { role: 'user', content: 'Read the file.' } },
    { ...answer, message: { role: 'assistant', id: 'm1', model: 'claude-x', content, usage } },
  ];
  mkdirSync(join(folder, 'files'));
  const text = session.map((record) => `${JSON.stringify(record)}\n`).join('');
  writeFileSync(join(folder, 'files/good.jsonl'), text);
  writeFileSync(join(folder, 'files/other.jsonl'), text);
  writeFileSync(join(folder, 'files/notes.md'), '# Notes\n\nNot a session.\n');
  const times = ['2026-01-05T08:00:00Z', '2026-01-05T08:00:09.500Z'];
  const truth = ['claude-x', '2.1.0', 's1', '1', '1', '1', 'Read', ...times, '25', '7'];
  const rows = [
    columns,
    ['files/good.jsonl', 'real', ...truth, 'claude-code'],
    ['files/other.jsonl', 'fixture', 'claude-y', ...truth.slice(1), 'claude-code'],
    ['files/notes.md', 'negative', ...truth.map(() => ''), 'none'],
  ];
  writeFileSync(join(folder, 'INDEX.tsv'), rows.map((row) => `${row.join('\t')}\n`).join(''));
  return folder;
}

test('every known cell is compared, and the one that differs is named', async () => {
  const accuracy = await run(corpus(), () => {});
  expect(accuracy).toMatchObject({ files: 3, filesRight: 3, realFiles: 1, realFilesRight: 1 });
  expect(accuracy.cells).toHaveLength(22);
  expect(accuracy.cells.filter(({ same }) => !same)).toEqual([
    {
      path: 'files/other.jsonl',
      column: 'models',
      truth: 'claude-y',
      ours: 'claude-x',
      same: false,
      format: 'claude-code',
      truncated: false,
    },
  ]);
  expect(accuracy.falseSessions).toEqual([]);
});

test('the program prints the tables', async () => {
  const folder = corpus();
  const printed = await runProgram('accuracy', ['--corpus', folder], { cwd: folder });
  expect(printed).toContain('claude-code -> claude-code (claude-code): 2');
  expect(printed).toContain('cells exact: 21 of 22 (95.5%)');
  expect(printed).toContain('files/other.jsonl models: truth claude-y, ours claude-x; NOT EXPLAINED');
});

test('every format counts as the summary does; where one does not, the job fails and says where', async () => {
  const accuracy = await run(corpus(), () => {});
  expect(accuracy.roundTrips).toMatchObject([
    { format: 'sts', files: 2, equal: 2, differences: [], written: { sessions: 2 } },
    { format: 'messages', files: 2, equal: 2, differences: [], written: { sessions: 2 } },
    { format: 'parquet', files: 2, equal: 2, differences: [], written: { sessions: 2 } },
  ]);
  expect(report(accuracy)).toMatchObject({ ok: true });
  const [first] = accuracy.roundTrips;
  first?.differences.push('a.jsonl tool_calls: 2 became 1');
  expect(report(accuracy)).toEqual({
    ok: false,
    sentence: "Counts are others than the summary's (1): in sts, a.jsonl tool_calls: 2 became 1.",
  });
});
