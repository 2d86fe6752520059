import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { samples } from '#domain/transcript/fuzz-samples.ts';
import { readText } from '#domain/transcript/testing.ts';
import { roundTrips } from '../../accuracy/round-trip.ts';
import { openMessages } from './messages.ts';
import { formats, openFormat } from './open-format.ts';
import { openParquet } from './parquet.ts';
import { columnNames } from './parquet-schema.ts';
import { emptyFolder, filesOf, rowOf } from './testing.ts';

const whole = { index: 1, of: 1 };
const examples = join(import.meta.dirname, '../../../functions/github/standin/examples');
const claude = samples['claude-code'] ?? '';
const linesIn = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

function exampleFiles(): string[] {
  return readdirSync(examples, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

test('the example gists, in every format and back, count as their summaries', async () => {
  const trips = await roundTrips(exampleFiles());
  expect(trips.map(({ format }) => format)).toEqual(formats);
  for (const { files, equal, differences, written } of trips) {
    expect(differences).toEqual([]);
    expect(files).toBeGreaterThan(5);
    expect(equal).toBe(files);
    expect(written.dropped.gists_without_session).toBeGreaterThan(0);
  }
});

test('DuckDB and hyparquet read the same of a session in Parquet, and all that is known of it', async () => {
  const copy = emptyFolder();
  const writer = await openFormat('parquet', copy, whole);
  await writer.add(rowOf('a'), filesOf({ 'a.jsonl': claude }));
  await writer.add(rowOf('c'), filesOf({ 'c.md': samples.aider ?? '' }));
  expect(await writer.end()).toMatchObject({ sessions: 2, lines: 2 });
  const path = join(copy, 'parquet/sessions.parquet');

  const file = await asyncBufferFromFile(path);
  const { schema } = await parquetMetadataAsync(file);
  expect(
    schema.map(({ name }) => name).filter((name) => columnNames.some((column) => column === name)),
  ).toEqual(expect.arrayContaining(columnNames));
  const [row] = await parquetReadObjects({ file });
  expect(row).toMatchObject({
    gist_id: 'a'.repeat(32),
    license: 'CC0-1.0',
    seq: 7n,
    title: 'The “pond”',
    file: 'a.jsonl',
    agent: 'claude-code',
    user_messages: 1n,
    tool_names: ['read_file'],
    messages: [
      { role: 'user', content: 'Fix it', purpose: 'prompt', counted: true, tool_calls: [], subagent: null },
      {
        role: 'assistant',
        content: 'Reading.',
        reasoning: 'hm',
        model: 'claude-9',
        input_tokens: 6n,
        output_tokens: 4n,
        time: '2026-05-06T07:08:09.012Z',
        tool_calls: [{ id: 'c1', name: 'read_file', arguments: '{"path":"a.py"}', counted: true }],
      },
      { role: 'tool', content: 'x', tool_call_id: 'c1', failed: true },
      { role: 'system', content: 'Compacted' },
      { role: 'user', content: 'It went on', purpose: 'compaction' },
    ],
  });

  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const found = await connection.runAndReadAll(
    `select gist_id, user_messages, m.role, m.content, m.tool_calls[1].name, len(m.tool_calls)
       from (select gist_id, user_messages, unnest(messages) as m from read_parquet('${path}')) where gist_id like 'a%'`,
  );
  const told = ['a'.repeat(32), 1n];
  expect(found.getRows()).toEqual([
    [...told, 'user', 'Fix it', null, 0n],
    [...told, 'assistant', 'Reading.', 'read_file', 1n],
    [...told, 'tool', 'x', null, 0n],
    [...told, 'system', 'Compacted', null, 0n],
    [...told, 'user', 'It went on', null, 0n],
  ]);
  connection.closeSync();
});

test('of a gist’s files those are written that count: no rendered page beside the agent’s own, no copy', async () => {
  const files = filesOf({
    'page.txt': samples['claude-code-export'] ?? '',
    'a.jsonl': claude,
    'copy.jsonl': claude,
    'openagentsessions.json': claude,
    'pi.jsonl': samples.pi ?? '',
  });
  const copy = emptyFolder();
  for (const format of formats) {
    const writer = await openFormat(format, copy, whole);
    await writer.add(rowOf('a'), files);
    expect(await writer.end()).toMatchObject({ sessions: 2 });
  }
  const told = linesIn(join(copy, 'messages/messages.jsonl')).map(({ file, session }) => [file, session]);
  expect(told).toEqual([
    ['a.jsonl', 1],
    ['pi.jsonl', 2],
  ]);
  expect(readdirSync(join(copy, 'sts/aa'))).toEqual([`${'a'.repeat(32)}-2.jsonl`, `${'a'.repeat(32)}.jsonl`]);
  const first = readText(readFileSync(join(copy, `sts/aa/${'a'.repeat(32)}.jsonl`), 'utf8')).summary;
  expect(first).toMatchObject({
    format: 'sts',
    agent: 'claude-code',
    agentVersion: '2.0.1',
    userMessages: 1,
  });
});

test('a gist in which no session is recognised gives no line, and is counted', async () => {
  const copy = emptyFolder();
  for (const format of formats) {
    const writer = await openFormat(format, copy, whole);
    await writer.add(rowOf('a'), filesOf({ 'notes.md': '# Notes\n' }));
    await writer.add(rowOf('c'), []);
    expect(await writer.end()).toMatchObject({
      sessions: 0,
      lines: 0,
      dropped: { gists_without_session: 2 },
    });
    expect(linesIn(join(copy, format, 'dropped.ndjson'))).toMatchObject([
      { gist_id: 'a'.repeat(32), file: null, paths: [] },
      { gist_id: 'c'.repeat(32), file: null, paths: [] },
    ]);
  }
  expect(existsSync(join(copy, 'sts/aa'))).toBe(false);
  expect(
    await parquetReadObjects({ file: await asyncBufferFromFile(join(copy, 'parquet/sessions.parquet')) }),
  ).toEqual([]);
});

test('what a session lost is told, session by session and in all', async () => {
  const copy = emptyFolder();
  const writer = await openFormat('messages', copy, whole);
  await writer.add(rowOf('a'), filesOf({ 'a.jsonl': `${claude}{"cut":` }));
  const dropped = { outcomes: 1, times: 5, tokens: 1, models: 1, cut_off: 1, invalid_line: 1 };
  expect((await writer.end()).dropped).toEqual(dropped);
  expect(linesIn(join(copy, 'messages/dropped.ndjson'))).toEqual([
    {
      gist_id: 'a'.repeat(32),
      record_id: 'r-a',
      gist_version: 'b'.repeat(40),
      file: 'a.jsonl',
      session: 1,
      paths: ['messages.jsonl'],
      dropped,
    },
  ]);
});

test('UTF-16, and a file cut into pieces anywhere, are read as the inspection reads them', async () => {
  const [file] = filesOf({ 'a.jsonl': '' });
  writeFileSync(file?.path ?? '', Buffer.from(`\ufeff${claude}`, 'utf16le'));
  const copy = emptyFolder();
  const writer = await openFormat('messages', copy, whole);
  await writer.add(rowOf('a'), file ? [file] : []);
  await writer.end();
  expect(linesIn(join(copy, 'messages/messages.jsonl'))).toMatchObject([{ user_messages: 1, tool_calls: 1 }]);
});

test('a file that is large enough is followed by another, and no record is cut', async () => {
  const copy = emptyFolder();
  const shard = { index: 2, of: 8 };
  for (const open of [openMessages, openParquet]) {
    const writer = await open(copy, shard, 10);
    for (const letter of ['a', 'c', 'd']) await writer.add(rowOf(letter), filesOf({ 'a.jsonl': claude }));
    expect(await writer.end()).toMatchObject({ sessions: 3, lines: 3 });
  }
  expect(readdirSync(join(copy, 'messages')).filter((name) => name.startsWith('m'))).toEqual([
    'messages-2-of-8.jsonl',
    'messages-part-00002-2-of-8.jsonl',
    'messages-part-00003-2-of-8.jsonl',
  ]);
  for (const name of ['messages-2-of-8.jsonl', 'messages-part-00003-2-of-8.jsonl'])
    expect(linesIn(join(copy, 'messages', name))).toHaveLength(1);
});

test('lines end at LF alone, whatever a session says', async () => {
  const copy = emptyFolder();
  for (const format of ['messages', 'sts'] as const) {
    const writer = await openFormat(format, copy, whole);
    await writer.add(
      rowOf('a'),
      filesOf({ 'a.jsonl': claude.replace('Fix it', 'Fix\u2028it\u0085\\ud800') }),
    );
    await writer.end();
  }
  const text = readFileSync(join(copy, 'messages/messages.jsonl'), 'utf8');
  const sts = readFileSync(join(copy, `sts/aa/${'a'.repeat(32)}.jsonl`), 'utf8');
  for (const written of [text, sts]) expect(written).not.toMatch(/[\u0085\u2028\u2029]|\\ud800/);
  expect(JSON.parse(text).messages[0].content).toBe('Fix\u2028it\u0085\ufffd');
});
