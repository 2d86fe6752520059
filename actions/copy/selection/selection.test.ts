import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { gistRow, temporaryFolder } from '../testing-rows.ts';
import { isSelected, readSelection, type SelectionFlags, takesAll } from './selection.ts';

const rows = [
  gistRow({
    gist_id: 'a1',
    agent: 'codex',
    tool_calls: 3,
    license: 'MIT',
    models: ['gpt-6'],
    has_thinking: true,
  }),
  gistRow({ gist_id: 'b2', agent: 'claude-code', tool_calls: 12, models: ['opus', 'haiku'] }),
  gistRow({ gist_id: 'c3', agent: null, tool_calls: null, approved_at: '2026-11-21T23:59:59.999Z' }),
  gistRow({ gist_id: 'd4', agent: 'pi', tool_calls: 40, approved_at: '2026-11-22T00:00:00.000Z' }),
];

async function selected(flags: SelectionFlags): Promise<string> {
  const selection = await readSelection(flags);
  return rows
    .filter((row) => isSelected(row, selection))
    .map(({ gist_id }) => gist_id)
    .join(' ');
}

test.each([
  [{}, 'a1 b2 c3 d4'],
  [{ where: ['agent=codex,claude-code'] }, 'a1 b2'],
  [{ where: ['agent=codex', 'tool_calls>3'] }, ''],
  [{ where: ['agent!=codex'] }, 'b2 c3 d4'],
  [{ where: ['tool_calls>=12'] }, 'b2 d4'],
  [{ where: ['tool_calls<=12'] }, 'a1 b2'],
  [{ where: ['tool_calls>12'] }, 'd4'],
  [{ where: ['tool_calls<12'] }, 'a1'],
  [{ where: ['models=haiku'] }, 'b2'],
  [{ where: ['has_thinking=true'] }, 'a1'],
  [{ where: ['approved_at<2026-11-22'] }, 'c3'],
  [{ license: ['mit, apache-2.0'] }, 'a1'],
  [{ license: ['CC0-1.0', 'mit'] }, 'a1 b2 c3 d4'],
  [{ minToolCalls: '3' }, 'a1 b2 d4'],
  [{ since: '2026-11-22', until: '2026-11-22' }, 'd4'],
  [{ until: '2026-11-21' }, 'c3'],
  [{ since: '2026-11-22T01:00+01:00', until: '2026-11-22T00:00' }, 'd4'],
])('%j selects %s', async (flags: SelectionFlags, expected) => {
  expect(await selected(flags)).toBe(expected);
});

test('whether everything is meant', async () => {
  expect(takesAll(await readSelection({ limit: '3' }))).toBe(true);
  expect(takesAll(await readSelection({ minToolCalls: '0' }))).toBe(false);
});

test.each([
  [{ where: ['agnet=codex'] }, '--where: the dataset has no field agnet to compare by. Did you mean agent?'],
  [{ where: ['files=x'] }, /--where: the dataset has no field files to compare by\./],
  [{ where: ['codex'] }, '--where takes FIELD=VALUE, or != >= <= > < for =. "codex" is none.'],
  [{ where: ['agent='] }, '--where: agent is compared to nothing. Write agent=VALUE.'],
  [{ where: ['tool_calls=many'] }, '--where: tool_calls is a number, and "many" is none.'],
  [{ where: ['truncated=no'] }, '--where: truncated is true or false, not "no".'],
  [{ where: ['tool_calls>1,2'] }, '--where: tool_calls> takes one value, not 2.'],
  [{ license: ['GPL'] }, /^--license: the dataset has no licence "GPL"\. It has CC0-1\.0, /],
  [{ limit: '0' }, '--limit takes a whole number from 1, not "0".'],
  [{ minToolCalls: '-1' }, '--min-tool-calls takes a whole number, not "-1".'],
  [{ since: 'yesterday' }, /^--since takes a day such as 2026-11-22/],
  [{ until: '2026-13-01' }, /^--until takes a day/],
  [{ ids: 'nowhere.txt' }, '--ids: nowhere.txt cannot be read (ENOENT). Name a file of gist ids.'],
])('%j is refused', async (flags: SelectionFlags, sentence) => {
  await expect(readSelection(flags)).rejects.toThrow(sentence);
});

const one = '0123456789abcdef0123456789abcdef';
const two = 'aa5a315d61ae9438b18d';
const page = `https://gist.github.com/ada/${two}#file-session-jsonl`;

async function idsIn(name: string, content: string | Buffer): Promise<string[]> {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  const { ids } = await readSelection({ ids: path });
  return [...(ids ?? [])];
}

test.each([
  ['lines', `${one}\r\n\n${page}\n`],
  ['NDJSON of objects and texts', `{"gist_id":"${one}","x":1}\n"${page}"`],
  ['a JSON list', `\ufeff[{"gist_id":"${one}"},\n"${two}"]`],
  ['CSV', `title,gist_id\n"a, ""b""\nover two lines",${one}\nx,"${page}"\n`],
  ['tab-separated columns', `title\tgist_id\n"x\ty"\t${one}\n\t${two}\n`],
  [
    'Parquet',
    Buffer.from(parquetWriteBuffer({ columnData: [{ name: 'gist_id', data: [one, page], type: 'STRING' }] })),
  ],
])('ids come from %s, whatever the file is called', async (_, content) => {
  expect(await idsIn('ids', content)).toEqual([one, two]);
});

test('ids come from a DuckDB database, which stays as it is', async () => {
  const path = join(temporaryFolder(), 'mine.txt');
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run('create table a_first (other text)');
  await connection.run(`create table "of ""mine" as select unnest(['${one}', '${two}', null]) as gist_id`);
  connection.closeSync();
  instance.closeSync();
  expect((await readSelection({ ids: path })).ids).toEqual(new Set([one, two]));
});

test.each([
  ['nothing', '\n', /names no gist\.$/],
  ['a word', 'hello\n', /^--ids: "hello" in .* is no gist's id or address\./],
  ['half a list', '["a', /looks like JSON and is none/],
  ['an object without an id', '{"id":1}', /^--ids: Something in it in .* is no gist's id/],
  ['half a Parquet file', 'PAR1abcdefgh', /cannot be read as Parquet/],
  ['no DuckDB database', '12345678DUCKxxxx', /DuckDB cannot read/],
])('a file with %s is refused', async (_, content, sentence) => {
  await expect(idsIn('ids', content)).rejects.toThrow(sentence);
});
