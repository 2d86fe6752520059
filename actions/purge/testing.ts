import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteFile } from 'hyparquet-writer';
import { copyIn, inventedGist, lines, rowOf, type TestCopy, type Texts } from '../copy/testing.ts';
import { type Input, type Outcome, run } from './run.ts';

/** Runs a purge as somebody does who wants to know everything. */
export function purge(copy: string, options: Partial<Input> = {}): Promise<Outcome> {
  return run(
    { copy, apply: false, removed: null, ids: null, most: Number.POSITIVE_INFINITY, ...options },
    { progress: () => undefined, log: () => undefined, signal: new AbortController().signal },
  );
}

/** Every file below a folder: its path and its text. Locks are no part of what is looked at. */
export function everyFile(folder: string, below = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = join(below, entry.name);
    if (entry.name.startsWith('.lock')) continue;
    if (entry.isDirectory()) Object.assign(found, everyFile(folder, path));
    else if (entry.isFile()) found[path] = readFileSync(join(folder, path), 'latin1');
  }
  return found;
}

/** The gist's files: one of its own, and one that all gists have. */
export function textsOf(n: number): Texts {
  return {
    'session.jsonl': `${JSON.stringify({ secret: `of gist ${n}` })}\n`,
    'LICENSE.md': 'For everybody.\n',
  };
}

export const listed = (n: number, fields = {}) =>
  rowOf(inventedGist(n), textsOf(n), { seq: n, title: `The title of gist ${n}`, ...fields });

/**
 * A copy of so many gists with every kind of output: the session files are there, and the status, the formats and two older
 * snapshots tell of them. Nothing departed yet.
 */
export function wholeCopy(folder: string, gists: number): TestCopy {
  const copy = copyIn(folder);
  const numbers = Array.from({ length: gists }, (_, n) => n + 1);
  const rows = numbers.map((n) => listed(n));
  copy.snapshot(1, rows.slice(0, 1));
  copy.snapshot(2, rows);
  copy.snapshot(3, rows);
  for (const n of numbers) copy.bring(listed(n), textsOf(n));
  const whose = rows.map(({ gist_id, gist_version, record_id }) => ({ gist_id, gist_version, record_id }));
  copy.write(
    'status.ndjson',
    lines(whose.map((row) => ({ ...row, status: 'ok', why: null, files: [{ name: 'session.jsonl' }] }))),
  );
  copy.write(
    'messages/messages.jsonl',
    lines(whose.map((row, at) => ({ messages: [{ role: 'user', content: `said in ${at + 1}` }], ...row }))),
  );
  for (const [at, row] of whose.entries()) {
    const said = { type: 'message', message: { role: 'user', content: `said in ${at + 1}` } };
    copy.write(
      `sts/${row.gist_id.slice(0, 2)}/${row.gist_id}.jsonl`,
      lines([{ type: 'session', ...row }, said]),
    );
  }
  for (const output of ['sts', 'messages', 'parquet']) {
    copy.write(`${output}/README.md`, '# Sessions\n');
    copy.write(
      `${output}/dropped.ndjson`,
      lines(whose.map((row) => ({ ...row, file: 'session.jsonl', dropped: {} }))),
    );
  }
  const said = whose.map((_, at) => [
    { role: 'user', content: `said in ${at + 1}`, tokens: 2n ** 60n + BigInt(at) },
  ]);
  parquetWriteFile({
    filename: join(folder, 'parquet/sessions.parquet'),
    rowGroupSize: 2,
    kvMetadata: [{ key: 'made by', value: 'a test' }],
    schema: [
      { name: 'root', num_children: 3 },
      { name: 'gist_id', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: 'gist_version', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      { name: 'messages', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', repetition_type: 'OPTIONAL', num_children: 3 },
      { name: 'role', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      { name: 'content', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      { name: 'tokens', type: 'INT64', repetition_type: 'OPTIONAL' },
    ],
    columnData: [
      { name: 'gist_id', data: whose.map(({ gist_id }) => gist_id) },
      { name: 'gist_version', data: whose.map(({ gist_version }) => gist_version) },
      { name: 'messages', data: said },
    ],
  });
  return copy;
}
