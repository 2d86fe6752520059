import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type DatasetRow, datasetFields, datasetRow } from '#domain/dataset-row.ts';
import { datasetChange } from '#domain/snapshot.ts';
import { exampleDerived } from '#sql/testing-inspections.ts';
import { rowLine } from '../lines.ts';
import { columnsOf } from './columns.ts';
import { encodeRows } from './encode.ts';

const sha = 'c'.repeat(40);
const plain: DatasetRow = {
  gist_id: '0123',
  gist_url: 'https://gist.github.com/ada/0123',
  gist_owner_id: '1',
  gist_owner_login: 'ada',
  gist_version: sha,
  gist_updated_at: '2026-01-05T06:00:00.000Z',
  submitted_at: '2026-01-05T06:00:00.120Z',
  approved_at: '2026-01-05T06:00:00.123Z',
  source: 'github_gist',
  license: 'CC0-1.0',
  record_id: 'github_gist:0123',
  seq: 2,
  title: 'A session',
  topic: null,
  tags: [],
  files: [
    {
      name: 'a.jsonl',
      bytes: 0,
      git_blob_sha: sha,
      raw_url: 'https://gist.githubusercontent.com/ada/0123/raw/a.jsonl',
    },
  ],
  total_bytes: 3,
  license_declared_by: 'contributor',
  attestation_version: '2026-11-22',
  scanner_version: '3',
  scan: 'clean',
  ...exampleDerived,
};

/** What COPY writes of a value, by PostgreSQL's own rules. */
function copied(value: unknown, field: string): string {
  if (value === null || value === undefined) return '\\N';
  if (Array.isArray(value) && field === 'files') return escaped(JSON.stringify(value));
  if (Array.isArray(value)) {
    const items = value.map((item) =>
      item === null
        ? 'NULL'
        : /^$|^null$|[\s{},"\\]/i.test(item)
          ? `"${item.replace(/["\\]/g, '\\$&')}"`
          : item,
    );
    return escaped(`{${items.join(',')}}`);
  }
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (/_at$/.test(field) && !/^(?:started|ended)/.test(field)) {
    return escaped(
      String(value)
        .replace('T', ' ')
        .replace(/\.?0*Z$/, '+00'),
    );
  }
  return escaped(String(value));
}

const letters: Record<string, string> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};
const escaped = (text: string) => text.replace(/[\\\b\f\n\r\t\v]/g, (letter) => letters[letter] ?? letter);

const copyOf = (rows: readonly object[], fields: readonly string[] = datasetFields) =>
  rows
    .map(
      (row) =>
        `${fields.map((field) => copied((row as Record<string, unknown>)[field], field)).join('\t')}\n`,
    )
    .join('');

async function* inPieces(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function encoded(text: string, size = 7) {
  let asked = 0;
  const line = (row: Record<string, unknown>) => {
    asked += 1;
    return rowLine(row);
  };
  const made = { lines: '', links: '', places: '' };
  for await (const { lines, links, places } of encodeRows(datasetRow, inPieces(text, size), {
    link: 'gist_url',
    key: 'gist_id',
    line,
  })) {
    made.lines += Buffer.from(lines);
    made.links += Buffer.from(links);
    made.places += Buffer.from(places);
  }
  return { ...made, asked };
}

test('every column of the rows we publish can be copied', () => {
  for (const schema of [datasetRow, datasetChange]) {
    expect(columnsOf(schema).filter(({ copy }) => copy === null)).toEqual([]);
  }
});

test('plain rows are copied without asking the schema, and are the lines it would have made', async () => {
  const rows = [
    plain,
    { ...plain, title: 'Why “make” runs twice: \\ "so" \n 重写 😀', tags: ['a b', 'c'], topic: 'x' },
    { ...plain, files: [] },
  ];
  const { lines, links, places, asked } = await encoded(copyOf(rows));
  expect(lines).toBe(rows.map(rowLine).join(''));
  expect(asked).toBe(0);
  expect(links).toBe(`${plain.gist_url}\n`.repeat(3));
  const [first = '', second = '', third = ''] = rows.map(rowLine);
  const starts = [0, Buffer.byteLength(first), Buffer.byteLength(first + second)];
  const sizes = [first, second, third].map((line) => Buffer.byteLength(line));
  expect(places).toBe(starts.map((start, i) => `0123\t${start}\t${sizes[i]}\n`).join(''));
});

test.each([
  ['a least length, and null where none may be', z.string().min(1), '\\N'],
  ['a rule of its own', z.string().refine((text) => text !== 'secret'), 'secret'],
  [
    'a rule of its own, and null',
    z
      .string()
      .nullable()
      .refine((text) => text !== null),
    '\\N',
  ],
  ['a change of the value', z.string().trim(), ' a '],
  ['an address of some length', z.url().max(20), 'https://example.org/a/long/path'],
  ['an address of some hosts', z.url({ hostname: /^gist\.github\.com$/ }), 'https://example.org/'],
  ['words of some length', z.array(z.string().max(3)), '{long}'],
  ['lists of some length', z.array(z.string()).max(1), '{a,b}'],
  ['another number', z.int().min(2), '1'],
])('where a schema has %s, it is asked itself', async (_, field, value) => {
  expect(await linesAsked(z.object({ field }), `${value}\n`)).toBe(1);
});

test('where a schema has a rule for a whole row, it is asked for each', async () => {
  const schema = z.object({ a: z.string(), b: z.string() });
  expect(await linesAsked(schema, 'x\ty\n')).toBe(0);
  expect(
    await linesAsked(
      schema.refine(({ a, b }) => a === b),
      'x\ty\n',
    ),
  ).toBe(1);
});

/** How many lines the schema was asked to make of what COPY wrote. */
async function linesAsked(schema: z.ZodObject, copy: string): Promise<number> {
  let asked = 0;
  const line = () => {
    asked += 1;
    return '\n';
  };
  for await (const _ of encodeRows(schema, inPieces(copy, 100), { line }));
  return asked;
}

const anyText = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 210 }),
    fc
      .array(
        fc.constantFrom(
          '"',
          '\\',
          '\n',
          '\t',
          '\v',
          '\u0001',
          '\u007f',
          '\u0085',
          '\u2028',
          '\u2029',
          'NULL',
          '{',
          '}',
          ',',
          ' ',
          '😀',
          '重',
          'a',
        ),
        { maxLength: 250 },
      )
      .map((parts) => parts.join('')),
    fc.constantFrom('NULL', 'null', '', '\\N', '\\.'),
  )
  .map((text) => text.toWellFormed().replaceAll('\0', ''));
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const number = fc.oneof(fc.nat(), fc.constantFrom(0, -1, 1, 999_999_999_999_999, 2 ** 53 - 1, 2 ** 53, 1e18));
const time = fc.oneof(
  fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.constantFrom(
    'infinity',
    '2026-02-30T00:00:00.000Z',
    '2024-02-29T23:59:59.999Z',
    '2026-01-01T24:00:00.000Z',
  ),
);
const sessionTime = orNull(
  fc.oneof(fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,7})?Z?Z?$/), anyText),
);
const url = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc
    .tuple(fc.stringMatching(/^[a-z.0-9-]{0,12}$/), fc.string())
    .map(([host, path]) => `https://${host}/${path}`.toWellFormed().replaceAll('\0', '')),
  anyText,
);
const hash = fc.oneof(fc.stringMatching(/^[0-9a-f]{39,41}$/), fc.stringMatching(/^[0-9A-g]{40}$/));
const file = fc.record({
  name: anyText,
  bytes: number,
  git_blob_sha: fc.oneof(fc.constant(sha), hash),
  raw_url: url,
});
const word = fc.constantFrom(
  'github_gist',
  'CC0-1.0',
  'MIT',
  'mit',
  'contributor',
  'clean',
  'reviewed',
  'pi',
  'aider',
  'other',
  '',
);
const kinds: { [K in keyof DatasetRow]: fc.Arbitrary<unknown> } = {
  gist_id: anyText,
  gist_url: url,
  gist_owner_id: anyText,
  gist_owner_login: anyText,
  gist_version: hash,
  gist_updated_at: time,
  submitted_at: time,
  approved_at: time,
  source: word,
  license: word,
  record_id: anyText,
  seq: number,
  title: anyText,
  topic: orNull(anyText),
  tags: fc.array(orNull(anyText), { maxLength: 4 }),
  files: fc.array(file, { maxLength: 3 }),
  total_bytes: number,
  agent: orNull(word),
  agent_version: orNull(anyText),
  format: orNull(anyText),
  session_ids: orNull(fc.array(anyText)),
  models: orNull(fc.array(anyText)),
  started_at: sessionTime,
  ended_at: sessionTime,
  user_messages: orNull(number),
  assistant_messages: orNull(number),
  tool_calls: orNull(number),
  tool_names: orNull(fc.array(anyText)),
  input_tokens: orNull(number),
  output_tokens: orNull(number),
  languages: orNull(fc.array(anyText)),
  license_declared_by: word,
  attestation_version: anyText,
  scanner_version: orNull(anyText),
  scan: orNull(word),
  first_prompt_present: orNull(fc.boolean()),
  tool_calls_paired: orNull(fc.boolean()),
  truncated: orNull(fc.boolean()),
  has_thinking: orNull(fc.boolean()),
  has_subagents: orNull(fc.boolean()),
  redactions: orNull(number),
  content_key: orNull(anyText),
};

/** What the schema makes of a row, as a line; null where it refuses it. */
function asked(row: Record<string, unknown>): string | null {
  try {
    return rowLine(row);
  } catch {
    return null;
  }
}

test.each(datasetFields)(
  'whatever %s holds, its row becomes the line that the schema makes of it, or is refused as the schema refuses it',
  async (field) => {
    await fc.assert(
      fc.asyncProperty(orNull(kinds[field]), fc.integer({ min: 1, max: 3000 }), async (value, size) => {
        const row = { ...plain, [field]: value };
        const wanted = asked(row);
        const got = await encoded(copyOf([row]), size).then(
          ({ lines }) => lines,
          () => null,
        );
        expect(got).toBe(wanted);
      }),
      { numRuns: 60 },
    );
  },
);

test('a COPY that ends in the middle of a row is an error', async () => {
  await expect(encoded(copyOf([plain]).slice(0, -1))).rejects.toThrow('in the middle of a row');
});
