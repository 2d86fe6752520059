import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { exportDataset } from '../../actions/dev/testing.ts';
import { pythonHas } from '../../actions/test/programs-here.ts';
import { published, publishedLines } from './behind-the-page.ts';
import { useBrowser } from './browser.ts';
import { writeGist } from './gists.ts';
import { signIn } from './people.ts';
import { claudeSession } from './sessions.ts';

/* What the guide and the recipes say to type, typed in this order, against what development publishes and its stand-in. */

const root = join(import.meta.dirname, '../..');
const dev = inject('dev');
const open = useBrowser();
const kept = await writeGist(dev.gists, 'guide', 'kept', { title: 'Stays' });
const leaving = await writeGist(dev.gists, 'guide', 'leaving', {
  title: 'Leaves',
  files: { 'session.jsonl': claudeSession(), 'notes.md': 'Words that leave.\n' },
});

let folder: string;
let env: Record<string, string | undefined>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openagentsessions-guide-'));
  const page = await open();
  await published(page, await open(), dev, [kept, leaving]);
  const newest = await (await page.request.get(`${dev.url}/dataset/latest/manifest.json`)).json();
  const rows = await publishedLines(page, `${dev.url}/dataset/${newest.snapshot_dir}/submissions.ndjson`);
  const [file] = Object(rows[0]).files;
  env = {
    ...process.env,
    PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
    DATASET_ADDRESS: `${dev.url}/dataset`,
    GIST_RAW_URL: new URL(file.raw_url).origin,
    HF_HOME: join(folder, '.hf'),
  };
  await playNpx();
});
afterAll(() => rm(folder, { recursive: true }));

/** Puts an `npx` there that runs the command line of this repository. */
async function playNpx(): Promise<void> {
  await mkdir(join(folder, 'bin'));
  const program = join(folder, 'bin/npx');
  const call = `exec "${process.execPath}" "${join(root, 'actions/command/index.ts')}" "$@"`;
  await writeFile(program, `#!/bin/sh\n[ "$1" = openagentsessions ] || exit 1\nshift\n${call}\n`);
  await chmod(program, 0o755);
}

/** Runs a text of shell commands, which has to end with one of the codes. Returns what it printed. */
async function shell(text: string, ...codes: number[]): Promise<string> {
  const ended = await promisify(execFile)('sh', ['-c', text], { cwd: folder, env }).then(
    (printed) => ({ code: 0, ...printed }),
    (error) => error,
  );
  expect(codes.length === 0 ? [0] : codes, ended.stderr).toContain(ended.code);
  return ended.stdout;
}

/** The code of a section of the guide, in a language. */
async function guideBlocks(title: string, language: string): Promise<string[]> {
  const text = await readFile(join(root, 'docs/hydrate.md'), 'utf8');
  const section = text.split(/^## /m).find((each) => each.startsWith(`${title}\n`)) ?? '';
  return [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, of, code = '']) =>
    of === language ? [code] : [],
  );
}

async function recipe(file: string): Promise<string> {
  return (await (await open()).request.get(`${dev.url}/dataset/recipes/${file}`)).text();
}

const linesOf = async (path: string) =>
  (await readFile(join(folder, 'openagentsessions', path), 'utf8')).split('\n').filter(Boolean);
const statusOf = async (gistId: string) =>
  (await linesOf('status.ndjson')).map((line) => JSON.parse(line)).find((line) => line.gist_id === gistId);

/** Files of the copy that tell of a gist by their name or in what they hold, but for those that tell of its departure. */
const departures = ['removed.ndjson', 'changes.ndjson'];
async function filesThatTellOf(gistId: string): Promise<string[]> {
  const copy = join(folder, 'openagentsessions');
  const entries = await readdir(copy, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !departures.includes(entry.name));
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(paths.map((path) => readFile(path, 'latin1')));
  return paths.filter((path, at) => path.includes(gistId) || texts[at]?.includes(gistId));
}

test('in five minutes: from nothing to a file to train on', async () => {
  const [first = '', second = ''] = await guideBlocks('In five minutes', 'sh');
  // Others have sessions in this index, too.
  await shell(first.replace('--limit 100', '--limit 10000'));
  // grep ends with 1 where it finds nothing that is missing.
  expect(await shell(second, 0, 1)).not.toContain(kept.id);
  const status = await statusOf(kept.id);
  expect(status).toMatchObject({ status: 'ok', files: [{ name: 'session.jsonl' }] });
  expect(await readFile(join(folder, 'openagentsessions', status.files[0].path), 'utf8')).toBe(
    claudeSession(),
  );
  const sessions = (await linesOf('messages/messages.jsonl')).map((line) => JSON.parse(line));
  expect(sessions[0].messages[0]).toHaveProperty('role');
  expect(JSON.stringify(sessions)).toContain(kept.id);
});

test.skipIf(!pythonHas(['datasets']))('in five minutes: Hugging Face’s library loads it', async () => {
  const [load = ''] = await guideBlocks('In five minutes', 'python');
  await writeFile(join(folder, 'load.py'), load);
  expect(await shell('python3 load.py')).toMatch(/'messages'.*num_rows: [1-9]/s);
});

test('hydrate.sh chooses sessions of an agent', async () => {
  const text = (await recipe('hydrate.sh'))
    .replace('agent=codex', 'agent=claude-code')
    .replace('--limit 100', '--limit 10000');
  await shell(text);
  expect(await statusOf(kept.id)).toMatchObject({ status: 'ok' });
  await shell(await recipe('hydrate.sh'));
  expect(await statusOf(kept.id)).toBeUndefined();
});

test('removals: a session that was withdrawn is told of, deleted, and proven to be gone', async () => {
  const [hydrate = ''] = await guideBlocks('In five minutes', 'sh');
  await shell(hydrate.replace('--limit 100', '--limit 10000'));
  const copy = join(folder, 'openagentsessions');
  await copyFile(join(copy, 'status.ndjson'), join(folder, 'status-of-that-run.ndjson'));
  const page = await open();
  await signIn(page, dev, leaving.login);
  const answer = await page.request.post(`${dev.url}/api/submissions/${leaving.id}/withdraw`);
  expect(answer.status()).toBe(200);
  await exportDataset(dev);

  const [block = '', , afterwards = ''] = await guideBlocks('Removals on a schedule', 'sh');
  const [pull = '', purge = '', apply = '', verify = ''] = block.trim().split('\n');
  await shell(pull);
  await shell(purge, 3);
  const places = (await filesThatTellOf(leaving.id)).map((path) => path.split('/openagentsessions/')[1]);
  for (const place of ['sessions/', 'status.ndjson', 'messages/', 'snapshots/'])
    expect(places, place).toContainEqual(expect.stringMatching(`^${place}`));
  await shell(apply);
  expect(await filesThatTellOf(leaving.id)).toEqual([]);
  expect(await filesThatTellOf(kept.id)).not.toEqual([]);
  await shell(verify);
  const left = await shell(afterwards, 3);
  expect(left).toContain(leaving.id);
  expect(left).not.toContain(kept.id);
});

test('purge.sh ends well where there is nothing more to delete', async () => {
  await shell(await recipe('purge.sh'));
});

test('the shell and Python of the guide are such', async () => {
  const text = await readFile(join(root, 'docs/hydrate.md'), 'utf8');
  const titles = [...text.matchAll(/^## (.*)$/gm)].map(([, title = '']) => title);
  const blocks = (language: string) =>
    Promise.all(titles.map((title) => guideBlocks(title, language))).then((each) => each.flat());
  // The times of a crontab come before its commands.
  for (const block of await blocks('sh'))
    await shell(`sh -n <<'EOF'\n${block.replace(/^(?:[\d*]+ ){5} /gm, '')}EOF`);
  if (!pythonHas([])) return;
  for (const block of await blocks('python')) {
    await writeFile(join(folder, 'block.py'), block);
    await shell('python3 -m py_compile block.py');
  }
});
