import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { datasetFields } from '#domain/dataset-row.ts';
import { storeInspection } from '#sql/queries/inspections.ts';
import { freshIndex } from '#sql/testing-index.ts';
import { exampleDerived, exampleInspection } from '#sql/testing-inspections.ts';
import { gistIdOf, listGists, putBack, revisionOf, takeOut } from '#sql/testing-rows.ts';
import { leaveUnattested } from '#sql/testing-unattested.ts';
import { exportTo, outputFolder, publishNewest, readSnapshot } from './testing.ts';

const fresh = freshIndex();

const dataFiles = [
  'urls.txt',
  'submissions.ndjson',
  'submissions.parquet',
  'submissions-by-gist.parquet',
  'changes.ndjson',
  'removed.ndjson',
  'standing.json',
  'schema.json',
  'croissant.json',
  'README.md',
];

test('an empty index makes a whole snapshot without rows', async () => {
  const output = outputFolder();
  const outcome = await exportTo(fresh.db, output);
  expect(outcome.kind).toBe('exported');
  expect(readdirSync(output).sort()).toEqual(['.lock', 'latest', 'snapshots']);
  expect(readlinkSync(join(output, 'latest'))).toBe('snapshots/2026-03-01T00-00-00-000Z');
  const { urls, rows, changes, removed, standing, manifest } = readSnapshot(join(output, 'latest'));
  expect({ urls, rows, changes, removed }).toEqual({ urls: [], rows: [], changes: [], removed: [] });
  expect(standing).toEqual({ log_seq: 0, months: [] });
  expect(manifest).toMatchObject({
    schema_version: '1.3.0',
    generated_at: '2026-03-01T00:00:00.000Z',
    record_count: 0,
    latest_dir: 'latest',
    snapshot_dir: 'snapshots/2026-03-01T00-00-00-000Z',
    snapshot_id: '2026-03-01T00-00-00-000Z',
    previous_snapshot: null,
    log_seq: 0,
    verified_from: null,
    verified_to: null,
    changes: {},
  });
});

test('every listed row is there, newest approval first, and nothing else', async () => {
  await listGists(fresh.db, 2500);
  await takeOut(fresh.db, 7, 'withdrawn');
  const output = outputFolder();
  await exportTo(fresh.db, output);
  const { rows, urls, manifest } = readSnapshot(join(output, 'latest'));
  const expected = Array.from({ length: 2500 }, (_, i) => 2500 - i).filter((number) => number !== 7);
  expect(rows.map((row) => row.gist_id)).toEqual(expected.map(gistIdOf));
  expect(urls).toEqual(rows.map((row) => row.gist_url));
  expect(manifest).toMatchObject({
    record_count: 2499,
    log_seq: 5001,
    verified_from: '2026-01-01T00:01:00.000Z',
    verified_to: '2026-01-02T17:40:00.000Z',
    changes: { added: 2500, withdrawn: 1 },
  });
});

test('standing.json counts what became of every session that was ever listed', async () => {
  await listGists(fresh.db, 9);
  await takeOut(fresh.db, 1, 'withdrawn');
  await takeOut(fresh.db, 2, 'suspended');
  await takeOut(fresh.db, 3, 'removed', 'secret');
  await takeOut(fresh.db, 4, 'gone');
  await takeOut(fresh.db, 5, 'gone');
  const output = outputFolder();
  await exportTo(fresh.db, output);
  const { standing, manifest } = readSnapshot(join(output, 'latest'));
  expect(standing).toEqual({
    log_seq: manifest.log_seq,
    months: [{ month: '2026-01', listed: 4, suspended: 1, withdrawn: 1, removed: 1, gone: 2 }],
  });
  expect(manifest.record_count).toBe(4);
});

test('rows approved at the same moment are ordered by gist id', async () => {
  await listGists(fresh.db, 30);
  await fresh.db.query(`update submission set approved_at = '2026-01-05T00:00:00.123Z'`);
  const output = outputFolder();
  await exportTo(fresh.db, output);
  const ids = readSnapshot(join(output, 'latest')).rows.map((row) => row.gist_id);
  expect(ids).toEqual(Array.from({ length: 30 }, (_, i) => gistIdOf(i + 1)));
});

test('a row has the fields of the contract, in its order, and what is not known is null', async () => {
  await listGists(fresh.db, 1);
  const files = `[{"name":"a\\"b é 😀.jsonl","bytes":3,"git_blob_sha":"${'c'.repeat(40)}","raw_url":"https://example.org/raw"}]`;
  await fresh.db.query(
    `update submission set title = $1, files = $2, total_bytes = 9007199254740991, owner_id = 9007199254740993,
            submitted_at = '2026-01-01T10:00:00.0419Z', gist_updated_at = '2025-12-31T23:59:59+02'`,
    ['Ünïcode 😀 "quoted" \\ title', files],
  );
  const output = outputFolder();
  await exportTo(fresh.db, output);
  const [row] = readSnapshot(join(output, 'latest')).rows;
  expect(Object.keys(row ?? {})).toEqual(datasetFields);
  expect(row).toEqual({
    ...Object.fromEntries(datasetFields.map((field) => [field, null])),
    gist_id: gistIdOf(1),
    gist_url: `https://gist.github.com/ada/${gistIdOf(1)}`,
    gist_owner_id: '9007199254740993',
    gist_owner_login: 'ada',
    gist_version: revisionOf(1),
    gist_updated_at: '2025-12-31T21:59:59.000Z',
    submitted_at: '2026-01-01T10:00:00.041Z',
    approved_at: '2026-01-01T00:01:00.000Z',
    source: 'github_gist',
    license: 'CC-BY-4.0',
    record_id: `github_gist:${gistIdOf(1)}`,
    seq: 2,
    title: 'Ünïcode 😀 "quoted" \\ title',
    tags: [],
    files: JSON.parse(files),
    total_bytes: 9007199254740991,
    license_declared_by: 'contributor',
    attestation_version: '2026-11-22',
  });
  expect(readFileSync(join(output, 'latest/submissions.ndjson'), 'utf8')).toContain(`"files":${files},`);
});

test('what an inspection found out of the listed revision is in the row', async () => {
  await listGists(fresh.db, 2);
  await storeInspection(fresh.db, exampleInspection(1, {}, 'reviewed'));
  // Of an earlier revision: nothing of it is told.
  await storeInspection(fresh.db, exampleInspection(2));
  await fresh.db.query(`update inspection set revision = $2 where gist_id = $1`, [
    gistIdOf(2),
    '0'.repeat(40),
  ]);
  const output = outputFolder();
  await exportTo(fresh.db, output);
  const { rows } = readSnapshot(join(output, 'latest'));
  expect(rows.map((row) => Object.keys(row))).toEqual([datasetFields, datasetFields]);
  expect(rows[1]).toMatchObject({
    ...exampleDerived,
    topic: 'Tides',
    tags: ['tides', 'a "quoted" one'],
    scanner_version: '1+secretlint-1.2.3',
    scan: 'reviewed',
  });
  expect(rows[0]).toMatchObject({ agent: null, topic: null, tags: [], scanner_version: null, scan: null });
});

test('a line ends only where a row does, whatever characters a name holds', async () => {
  await listGists(fresh.db, 1);
  const name = 'a\u0085b\u2028c\u2029d\ne';
  await fresh.db.query(
    `update submission set files = json_build_array(json_build_object(
    'name', $1::text, 'bytes', 1, 'git_blob_sha', repeat('b', 40), 'raw_url', 'https://example.org/raw'))`,
    [name],
  );
  const output = outputFolder();
  await exportTo(fresh.db, output);
  const text = readFileSync(join(output, 'latest/submissions.ndjson'), 'utf8');
  expect(text.split(/[\n\r\u0085\u2028\u2029]/)).toHaveLength(2);
  expect(JSON.parse(text).files[0].name).toBe(name);
});

test('every line and the manifest fit the schema beside them', async () => {
  await listGists(fresh.db, 3);
  await takeOut(fresh.db, 1, 'removed', 'spam');
  const output = outputFolder();
  await exportTo(fresh.db, output);
  const { schema, rows, changes, removed, standing, manifest } = readSnapshot(join(output, 'latest'));
  const ajv = new Ajv2020({ allErrors: true });
  formats.default(ajv);
  ajv.addSchema(schema, 'dataset');
  const fits = (kind: string, value: unknown) =>
    ajv.validate(`dataset#/$defs/${kind}`, value) || ajv.errorsText();
  expect([...rows.map((row) => fits('row', row)), fits('manifest', manifest)]).toEqual([true, true, true]);
  expect(fits('standing', standing)).toBe(true);
  expect(changes.map((change) => fits('change', change))).toEqual([true, true, true, true]);
  expect(removed.map((removal) => fits('removal', removal))).toEqual([true]);
  expect(fits('row', {})).not.toBe(true);
  expect(fits('removal', changes[0])).not.toBe(true);
});

test('the sums cover every other file, and the manifest every data file', async () => {
  await listGists(fresh.db, 3);
  const output = outputFolder();
  await exportTo(fresh.db, output);
  const latest = join(output, 'latest');
  const { sums, manifest } = readSnapshot(latest);
  expect(readdirSync(latest).sort()).toEqual([...dataFiles, 'manifest.json', 'SHA256SUMS'].sort());
  expect(Object.keys(manifest.files)).toEqual(dataFiles);
  for (const name of dataFiles) {
    expect(manifest.files[name].bytes).toBe(readFileSync(join(latest, name)).length);
    expect(sums).toContain(`${manifest.files[name].sha256}  ${name}\n`);
  }
  expect(sums).toMatch(/^[0-9a-f]{64} {2}manifest\.json$/m);
  expect(sums.endsWith('\n')).toBe(true);
});

test('changes start after the snapshot published last; removals tell the whole past', async () => {
  await listGists(fresh.db, 4);
  await takeOut(fresh.db, 1, 'removed', 'secret');
  const output = outputFolder();
  await exportTo(fresh.db, output);
  await publishNewest(fresh.db);

  await takeOut(fresh.db, 2, 'suspended');
  await exportTo(fresh.db, output, { now: () => new Date('2026-03-02T00:00:00Z') });
  // Not published: the next snapshot's changes tell of this suspension too.
  await putBack(fresh.db, 2);
  await takeOut(fresh.db, 3, 'removed', 'low_quality');
  await takeOut(fresh.db, 4, 'gone');
  await exportTo(fresh.db, output, { now: () => new Date('2026-03-03T00:00:00Z') });

  const { rows, changes, removed, manifest } = readSnapshot(join(output, 'latest'));
  expect(manifest.previous_snapshot).toBe('2026-03-01T00-00-00-000Z');
  expect(changes.map(({ seq, kind, gist_id, reason }) => [seq, kind, gist_id, reason])).toEqual([
    [10, 'suspended', gistIdOf(2), null],
    [11, 'restored', gistIdOf(2), null],
    [12, 'removed', gistIdOf(3), 'low_quality'],
    [13, 'gone', gistIdOf(4), null],
  ]);
  expect(manifest.changes).toEqual({ suspended: 1, removed: 1, gone: 1, restored: 1 });
  expect(removed.map(({ seq, kind, reason }) => [seq, kind, reason])).toEqual([
    [9, 'removed', 'policy'],
    [10, 'suspended', null],
    [12, 'removed', 'low_quality'],
    [13, 'gone', null],
  ]);
  expect(removed[1]).toEqual({
    seq: 10,
    kind: 'suspended',
    record_id: `github_gist:${gistIdOf(2)}`,
    gist_id: gistIdOf(2),
    gist_version: revisionOf(2),
    previous_gist_version: revisionOf(2),
    reason: null,
    at: '2026-02-01T00:00:10.000Z',
  });
  // The departure of gist 2 is void: its row is listed at a higher number.
  expect(rows.map(({ gist_id, seq }) => [gist_id, seq])).toEqual([[gistIdOf(2), 11]]);
});

test('the same database gives the same bytes, the manifest’s time and names aside', async () => {
  await listGists(fresh.db, 1200);
  await takeOut(fresh.db, 5, 'removed', 'spam');
  const [one, other] = [outputFolder(), outputFolder()];
  await exportTo(fresh.db, one);
  // The first snapshot's files are not in the other folder, so it is abandoned and made again.
  const outcome = await exportTo(fresh.db, other, { now: () => new Date('2027-01-01T00:00:00Z') });
  expect(outcome.kind).toBe('exported');
  for (const name of dataFiles) {
    expect(readFileSync(join(other, 'latest', name)).equals(readFileSync(join(one, 'latest', name)))).toBe(
      true,
    );
  }
  const anonymous = (folder: string) =>
    readFileSync(join(folder, 'latest/manifest.json'), 'utf8').replaceAll(
      /20\d\d-\d\d-01T00[-:]00[-:]00[-.]000Z/g,
      'TIME',
    );
  expect(anonymous(other)).toBe(anonymous(one));
});

test('a quarantine that nobody decided ends before the rows are read', async () => {
  await listGists(fresh.db, 2);
  await takeOut(fresh.db, 1, 'suspended');
  await fresh.db.query(
    `update submission set state = 'quarantined', quarantined_from = 'approved', quarantined_at = now() - interval '73 hours'
      where presence = 'suspended'`,
  );
  const output = outputFolder();
  const lines: string[] = [];
  await exportTo(fresh.db, output, { log: (line) => lines.push(line) });
  expect(lines).toEqual([`The quarantine of gist ${gistIdOf(1)} has ended.`]);
  const { rows, changes } = readSnapshot(join(output, 'latest'));
  expect(rows).toHaveLength(2);
  expect(changes.at(-1)).toMatchObject({ kind: 'restored', gist_id: gistIdOf(1) });
});

test('what was taken over from the earlier site, and its owner has not confirmed, is told of by nothing', async () => {
  await listGists(fresh.db, 1);
  const owner = { id: '7001', login: 'ada' };
  for (const [i, state] of (['pending', 'approved', 'rejected', 'removed'] as const).entries()) {
    await leaveUnattested(fresh.db, { gistId: gistIdOf(100 + i), owner, state });
  }
  const output = outputFolder();
  await exportTo(fresh.db, output);
  const { rows, changes, removed, standing, manifest } = readSnapshot(join(output, 'latest'));
  expect(rows.map((row) => row.gist_id)).toEqual([gistIdOf(1)]);
  expect(changes.map(({ gist_id, kind }) => [gist_id, kind])).toEqual([[gistIdOf(1), 'added']]);
  expect(removed).toEqual([]);
  expect(standing.months).toMatchObject([{ listed: 1 }]);
  expect(manifest).toMatchObject({ record_count: 1, log_seq: 14 });
});
