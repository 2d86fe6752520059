import { execFile, execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { exportDataset } from '../../actions/dev/testing.ts';
import { hasCurl, hasPython, pythonHas, pythonRecipes } from '../../actions/test/programs-here.ts';
import { published, publishedLines } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { signIn } from './people.ts';

/* Each recipe is taken from the page, as a reader takes it, and run in one folder in the page's order. */

const dev = inject('dev');
const open = useBrowser();
const kept = await writeGist(dev.gists, 'recipes', 'kept', { title: 'Stays' });
const leaving = await writeGist(dev.gists, 'recipes', 'leaving', { title: 'Leaves' });

let folder: string;
let shown: Record<string, string>;
let rows: Record<string, unknown>[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openagentsessions-recipes-'));
  const page = await open();
  await published(page, await open(), dev, [kept, leaving]);
  await page.goto(`${dev.url}/dataset/recipes`);
  const figures = await page.getByRole('figure').all();
  shown = Object.fromEntries(
    await Promise.all(
      figures.map(async (figure) => [
        await figure.getByRole('link').innerText(),
        await figure.locator('code').evaluate((code) => code.textContent),
      ]),
    ),
  );
  const newest = await (await page.request.get(`${dev.url}/dataset/latest/manifest.json`)).json();
  rows = await publishedLines(page, `${dev.url}/dataset/${newest.snapshot_dir}/submissions.ndjson`);
  await Promise.all(Object.entries(shown).map(([file, text]) => writeFile(join(folder, file), text)));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a program in the folder of recipes. */
async function run(program: string, args: string[], path = process.env.PATH): Promise<string> {
  const env = { ...process.env, PATH: path, HF_HOME: join(folder, '.hf'), HF_HUB_DISABLE_TELEMETRY: '1' };
  return (await promisify(execFile)(program, args, { cwd: folder, env })).stdout;
}

/** Has DuckDB run a text in the folder; the rows of its last statement. */
async function askDuckdb(text: string): Promise<Record<string, unknown>[]> {
  const code = `
    import { DuckDBInstance } from ${JSON.stringify(import.meta.resolve('@duckdb/node-api'))};
    const connection = await (await DuckDBInstance.create()).connect();
    const reader = await connection.runAndReadAll(process.argv[1]);
    console.log(JSON.stringify(reader.getRowObjectsJson()));`;
  return JSON.parse(await run(process.execPath, ['--input-type=module', '--eval', code, '--', text]));
}

const recipe = (file: string): string => {
  const text = shown[file];
  if (text === undefined) throw new Error(`${file} is not on the page`);
  return text;
};
const gistIds = () => rows.map((row) => row.gist_id);

test('every recipe is also a file, the same byte for byte, with addresses of this site alone', async () => {
  const page = await open();
  expect(Object.keys(shown).length).toBeGreaterThan(5);
  for (const [file, text] of Object.entries(shown)) {
    const answer = await page.request.get(`${dev.url}/dataset/recipes/${file}`);
    expect(await answer.text(), file).toBe(text);
    expect(text.replaceAll(dev.url, ''), file).not.toContain('://');
  }
});

test.skipIf(!hasCurl)(
  'download.sh: curl takes the files of one snapshot, and their sums are right',
  async () => {
    const said = await run('sh', ['download.sh']);
    expect(said.trim().split('\n').sort()).toEqual(
      ['removed.ndjson', 'submissions.ndjson', 'submissions.parquet'].map((name) => `${name}: OK`),
    );
    const lines = (await readFile(join(folder, 'submissions.ndjson'), 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(rows);
  },
);

test.skipIf(!hasCurl)('download.sh: a file with other bytes fails', async () => {
  const text = recipe('download.sh').replace('  sha256sum', '  echo >> submissions.ndjson && sha256sum');
  await expect(run('sh', ['-c', text])).rejects.toMatchObject({ code: 1 });
  await run('sh', ['download.sh']);
});

test.skipIf(!hasCurl)(
  'over-http.sql: DuckDB counts sessions by agent, here in the file beside it',
  async () => {
    // DuckDB has no httpfs without a download; the address alone is another.
    const local = recipe('over-http.sql').replace(/'http:\S+\/(submissions\.parquet)'/, "'$1'");
    const found = await askDuckdb(local);
    expect(found.reduce((sum, { sessions }) => sum + Number(sessions), 0)).toBe(rows.length);
    expect(found).toContainEqual(expect.objectContaining({ agent: 'claude-code' }));
  },
);

test.skipIf(!hasCurl)('choose.sql: DuckDB writes the files of sessions under some licences', async () => {
  await askDuckdb(recipe('choose.sql'));
  const found = await askDuckdb(`select * from 'files.csv'`);
  const wanted = rows.filter(({ license }) => license === 'CC0-1.0' || license === 'CC-BY-4.0');
  expect(new Set(found.map(({ gist_id }) => gist_id))).toEqual(new Set(wanted.map((row) => row.gist_id)));
  const more = recipe('choose.sql').replace("'CC0-1.0'", "'MIT'");
  await askDuckdb(more);
  expect(await askDuckdb(`select gist_id, name, raw_url from 'files.csv'`)).toContainEqual({
    gist_id: kept.id,
    name: 'session.jsonl',
    raw_url: expect.stringMatching(/session\.jsonl$/),
  });
});

test.skipIf(!hasCurl || !hasPython)('prove.py: content is what a moderator read, or it is said', async () => {
  expect(await run('python3', ['prove.py'])).toMatch(/^(?:\S+ \d+ bytes, as read\n)+$/);
  const other = recipe('prove.py').replace('file["git_blob_sha"]', 'file["git_blob_sha"][::-1]');
  await expect(run('python3', ['-c', other])).rejects.toMatchObject({
    stderr: expect.stringContaining('AssertionError'),
  });
});

test.skipIf(!hasCurl)(
  'removals.sh and removals.sql: what has left since is dropped, and nothing else',
  async () => {
    await askDuckdb(recipe('removals.sql'));
    const ids = async () => (await askDuckdb(`select gist_id from 'kept.parquet'`)).map((row) => row.gist_id);
    expect(await ids()).toEqual(gistIds());

    await withdraw(await open());
    await exportDataset(dev);
    await run('sh', ['removals.sh']);
    await askDuckdb(recipe('removals.sql'));
    expect(await ids()).toEqual(gistIds().filter((id) => id !== leaving.id));
  },
);

async function withdraw(page: Page): Promise<void> {
  await signIn(page, dev, leaving.login);
  const answer = await page.request.post(`${dev.url}/api/submissions/${leaving.id}/withdraw`);
  expect(answer.status()).toBe(200);
}

test.skipIf(!hasPython).each(Object.keys(pythonRecipes).concat('prove.py'))('%s is Python', async (file) => {
  await run('python3', ['-m', 'py_compile', file]);
});

for (const [file, modules] of Object.entries(pythonRecipes)) {
  test.skipIf(!pythonHas(modules))(`${file} reads the rows over HTTP`, async () => {
    expect(await run('python3', [file])).toMatch(/claude-code|claude-sonnet|num_rows: [1-9]/);
  });
}

test('release.sh: all files of a release are put together and checked, each by its hash and its attestation', async () => {
  const asked = await playGh();
  const said = await run('sh', ['release.sh'], `${join(folder, 'bin')}:${process.env.PATH}`);
  const names = said.match(/^\S+(?=: OK$)/gm) ?? [];
  expect(names).toEqual(expect.arrayContaining(['submissions.ndjson', 'removed.ndjson', 'manifest.json']));
  expect(await asked()).toEqual([
    'release view --repo OWNER/REPOSITORY --json tagName --jq .tagName',
    'release download dataset-1 --repo OWNER/REPOSITORY --dir dataset-1',
    ...names.map(
      (name) => `attestation verify ${name} --repo OWNER/REPOSITORY --bundle dataset-1.sigstore.json`,
    ),
    'release verify dataset-1 --repo OWNER/REPOSITORY',
  ]);
});

/** Puts a `gh` into the folder that gives the newest snapshot as GitHub would. Returns what it was asked for. */
async function playGh(): Promise<() => Promise<string[]>> {
  await mkdir(join(folder, 'bin'));
  const program = join(folder, 'bin/gh');
  const asked = join(folder, 'asked');
  await writeFile(
    program,
    `#!/bin/sh
echo "$*" >> ${asked}
case "$1 $2" in
  'release view') echo dataset-1 ;;
  'release download')
    mkdir "$7" && cp ${join(dev.folder, '.dataset/latest')}/* "$7" && cd "$7" && touch dataset-1.sigstore.json
    split --bytes=1000 --numeric-suffixes=1 --suffix-length=3 submissions.ndjson submissions.ndjson.part- &&
      rm submissions.ndjson
    find . -empty -name '*.ndjson' -delete ;;
esac
`,
  );
  await chmod(program, 0o755);
  execFileSync('sh', ['-n', program]);
  return async () => (await readFile(asked, 'utf8')).trim().split('\n');
}
