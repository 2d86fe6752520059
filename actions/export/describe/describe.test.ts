import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { datasetFields } from '#domain/dataset-row.ts';
import type { About } from './about.ts';
import { croissantText } from './croissant.ts';
import { readmeText } from './readme.ts';

const digest = { sha256: 'a'.repeat(64), bytes: 12 };
const about: About = {
  site: 'https://example.org',
  license: null,
  date: '2026-03-01T00:00:00.000Z',
  logSeq: 7,
  recordCount: 1200,
  agents: [
    { value: 'pi', rows: 900 },
    { value: null, rows: 300 },
  ],
  licenses: [{ value: 'MIT', rows: 1200 }],
  files: { 'submissions.ndjson': digest, 'submissions.parquet': digest },
};

/** What Croissant 1.1 requires, and what mlcroissant refuses to go without. */
const reference = z.object({ '@id': z.string() });
const field = z.object({
  '@type': z.literal('cr:Field'),
  '@id': z.string(),
  name: z.string(),
  description: z.string().min(1),
  dataType: z.enum(['sc:Text', 'sc:Integer', 'sc:Boolean', 'sc:URL', 'sc:DateTime']).optional(),
  get subField() {
    return z.array(field).optional();
  },
  source: z.object({ fileObject: reference, extract: z.object({ column: z.string() }) }),
});
const croissant = z.object({
  '@context': z.looseObject({ '@vocab': z.literal('https://schema.org/'), cr: z.url(), dct: z.url() }),
  '@type': z.literal('sc:Dataset'),
  conformsTo: z.literal('http://mlcommons.org/croissant/1.1'),
  name: z.string().min(1),
  description: z.string().min(50).max(5000),
  url: z.url(),
  license: z.string().min(1),
  creator: z.object({ '@type': z.string(), name: z.string() }),
  datePublished: z.iso.datetime(),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  isLiveDataset: z.boolean(),
  distribution: z.array(
    z.object({
      '@type': z.literal('cr:FileObject'),
      '@id': z.string(),
      contentUrl: z.string().min(1),
      encodingFormat: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  recordSet: z.array(
    z.object({ '@type': z.literal('cr:RecordSet'), '@id': z.string(), field: z.array(field) }),
  ),
});

test('croissant.json has what Croissant 1.1 asks for, a file object for each file, and a field for each column', () => {
  const whole = croissant.parse(JSON.parse(croissantText(about)));
  expect(whole.distribution.map((file) => [file['@id'], file.contentUrl])).toEqual(
    Object.keys(about.files).map((name) => [name, name]),
  );
  const [sessions] = whole.recordSet;
  expect(sessions?.field.map(({ source }) => source.extract.column)).toEqual(datasetFields);
  const told = new Map(sessions?.field.map((one) => [one.source.extract.column, one]));
  expect(
    ['gist_url', 'approved_at', 'seq', 'truncated', 'title', 'tags'].map((name) => told.get(name)?.dataType),
  ).toEqual(['sc:URL', 'sc:DateTime', 'sc:Integer', 'sc:Boolean', 'sc:Text', 'sc:Text']);
  expect(told.get('files')?.subField?.map((part) => [part['@id'], part.dataType])).toEqual([
    ['sessions/files/name', 'sc:Text'],
    ['sessions/files/bytes', 'sc:Integer'],
    ['sessions/files/git_blob_sha', 'sc:Text'],
    ['sessions/files/raw_url', 'sc:URL'],
  ]);
  const ids = new Set(whole.distribution.map((file) => file['@id']));
  for (const { source } of sessions?.field ?? []) expect(ids).toContain(source.fileObject['@id']);
});

test('a licence is stated where the operator states one, else where it is told that there is none', () => {
  expect(JSON.parse(croissantText(about)).license).toBe('https://example.org/dataset#licence');
  expect(JSON.parse(croissantText({ ...about, license: 'CC0-1.0' })).license).toBe('CC0-1.0');
});

test('the head of README.md is a card', () => {
  const [, head = ''] = /^---\n([\s\S]*?)\n---\n/.exec(readmeText(about)) ?? [];
  expect(parse(head)).toMatchObject({
    license: 'other',
    pretty_name: 'Open agent sessions',
    size_categories: ['1K<n<10K'],
    task_categories: ['text-generation'],
    tags: ['agent-traces', 'coding-agent', 'tool-use', 'openagentsessions', 'pi'],
    configs: [{ config_name: 'default', data_files: [{ split: 'train', path: 'submissions.parquet' }] }],
  });
});

test.each([
  [0, 'n<1K'],
  [999, 'n<1K'],
  [1000, '1K<n<10K'],
  [1_000_000, '1M<n<10M'],
])('%i rows are of the size %s', (recordCount, size) => {
  expect(readmeText({ ...about, recordCount })).toContain(`- "${size}"\n`);
});

test('README.md counts the rows and tells of every field', () => {
  const text = readmeText(about);
  expect(text).toContain('1200 sessions');
  expect(text).toContain('| unknown | 300 |');
  for (const name of datasetFields) expect(text).toContain(`| \`${name}\` |`);
});
