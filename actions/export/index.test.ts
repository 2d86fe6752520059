import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyDatabase } from '#sql/testing.ts';
import { freshIndex } from '#sql/testing-index.ts';
import { listGists } from '#sql/testing-rows.ts';
import { endOf } from '../testing.ts';
import { outputFolder, readSnapshot } from './testing.ts';

const fresh = freshIndex();

/** Runs the job as people do, on the test's database unless `env` has another. */
const datasetExport = (args: string[], env: Record<string, string> = {}) =>
  endOf('export', args, { cwd: outputFolder(), env: { DATABASE_URL: fresh.as.jobs.url, ...env } });

test('a first export tells what it did, and a second one that nothing changed', async () => {
  await listGists(fresh.db, 3);
  const output = outputFolder();
  const first = await datasetExport(['--output', output]);
  const { manifest, rows } = readSnapshot(join(output, 'latest'));
  expect(rows).toHaveLength(3);
  expect(first).toMatchObject({ code: 0, stderr: '3 of 3 rows\n' });
  const [listed, changes, written] = first.stdout.split('\n');
  expect([listed, changes]).toEqual(['Sessions listed: 3', 'Changes: 3 added']);
  expect(written).toContain(`${output}/${manifest.snapshot_dir},`);
  const second = await datasetExport([], { DATASET_OUTPUT_DIR: output });
  expect(second).toEqual({ code: 0, stdout: `Nothing changed since ${manifest.snapshot_id}.\n`, stderr: '' });
});

test('--json prints one object', async () => {
  const output = outputFolder();
  const { code, stdout } = await datasetExport(['--json', '--output', output]);
  const { manifest } = readSnapshot(join(output, 'latest'));
  expect(code).toBe(0);
  expect(stdout.trimEnd()).not.toContain('\n');
  expect(JSON.parse(stdout)).toEqual({
    exported: true,
    snapshot_id: manifest.snapshot_id,
    previous_snapshot: null,
    record_count: 0,
    changes: {},
    log_seq: 0,
    folder: `${output}/${manifest.snapshot_dir}`,
    seconds: expect.any(Number),
  });
});

test('--help names every flag and starts nothing', async () => {
  const { code, stdout } = await datasetExport(['--help'], { DATABASE_URL: 'postgres://127.0.0.1:1/none' });
  expect(code).toBe(0);
  for (const flag of ['--output DIR', '--force', '--json', '--help']) expect(stdout).toContain(flag);
});

test.each([
  [['--fast'], "dataset:export: Unknown option '--fast'.\n"],
  [['here'], "dataset:export: Unexpected argument 'here'.\n"],
  [['--output='], 'dataset:export: --output needs a value.\n'],
])('wrong flags %s: a sentence, exit code 2', async (args, sentence) => {
  expect(await datasetExport(args)).toMatchObject({ code: 2, stdout: '', stderr: sentence });
});

test('a great loss of rows: a sentence with both counts, exit code 1', async () => {
  const output = outputFolder();
  await listGists(fresh.db, 30);
  await datasetExport(['--output', output]);
  await fresh.db.query(`update submission set state = 'withdrawn', presence = 'departed'`);
  await fresh.db.query(`with head as (update log_head set seq = seq + 1 returning seq)
    insert into moderation_log (seq, gist_id, move, to_state, revision, kind)
    select seq, gist_id, 'withdraw', 'withdrawn', revision, 'withdrawn' from head, submission limit 1`);
  expect(await datasetExport(['--output', output])).toMatchObject({
    code: 1,
    stdout: '',
    stderr:
      'dataset:export: The index lists 0 sessions, an earlier snapshot 30: more than 20% are gone. If that is right, run this again with --force.\n',
  });
  expect(await datasetExport(['--output', output, '--force'])).toMatchObject({ code: 0 });
});

test('no database there: a sentence, exit code 1, and no folder made', async () => {
  const output = join(outputFolder(), 'dataset');
  const ended = await datasetExport(['--output', output], { DATABASE_URL: 'postgres://x@127.0.0.1:1/x' });
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toMatch(/^dataset:export: The database does not answer .+\n$/);
  expect(existsSync(output)).toBe(false);
});

test.each(['DATABASE_URL', 'SITE_URL'])(
  'in GitHub Actions an unset %s is refused, and annotated',
  async (name) => {
    const ended = await datasetExport(['--output', outputFolder()], {
      SITE_URL: 'https://example.org',
      [name]: '',
      GITHUB_ACTIONS: 'true',
    });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(new RegExp(`^dataset:export: ${name} is not set\\..*\\n$`));
    expect(ended.stdout).toMatch(new RegExp(`^::error title=dataset%3Aexport::${name} is not set\\.`));
  },
);

test('a snapshot says whose it is, and under which licence its rows are', async () => {
  const output = outputFolder();
  const env = { SITE_URL: 'http://127.0.0.1:4399', DATASET_LICENSE: 'CC0-1.0' };
  await datasetExport(['--output', output], env);
  const text = readFileSync(join(output, 'latest/croissant.json'), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ url: `${env.SITE_URL}/dataset`, license: env.DATASET_LICENSE });
});

test('a database without tables: the sentence names the command that makes them', async () => {
  const empty = await emptyDatabase();
  const ended = await datasetExport(['--output', outputFolder()], { DATABASE_URL: empty.url });
  await empty.close();
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/^dataset:export: .*npm run db:migrate.*\n$/);
});
