import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runningStandin, temporaryGists } from '#github/standin/testing.ts';
import { freshIndex } from '#sql/testing-index.ts';
import { takeOut } from '#sql/testing-rows.ts';
import { exportTo, outputFolder } from '../export/testing.ts';
import {
  bundleAbout,
  download,
  exportAndPublish,
  publishedSnapshot,
  release,
  releasesOf,
  sha256,
} from './testing.ts';

const fresh = freshIndex();

const repository = 'ada/index';

const published = (count?: number) => publishedSnapshot(fresh.db, count);

function checkSums(folder: string): void {
  execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: folder, stdio: 'pipe' });
}

/** Runs the commands of the notes that need nothing but a shell, in a folder. */
function follow(notes: string, folder: string): void {
  const script = /```sh\n([\s\S]*?)```/.exec(notes)?.[1] ?? '';
  const local = script.split('\n').filter((line) => !/^(?:gh|cd) /.test(line));
  execFileSync('bash', ['-euc', local.join('\n')], { cwd: folder, stdio: 'pipe' });
}

test('the newest published snapshot becomes a release whose files are the snapshot’s, byte for byte', async () => {
  const { output, standin, manifest, folder } = await published();
  const outcome = await release(fresh.db, standin, { output, repository });
  expect(outcome).toMatchObject({ kind: 'released', id: manifest.snapshot_id });
  const [only, ...others] = await releasesOf(standin, repository);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ tag: `dataset-${manifest.snapshot_id}`, draft: false });
  if (!only) return;

  const got = await download(only);
  follow(only.body, got);
  for (const name of [...Object.keys(manifest.files), 'manifest.json', 'SHA256SUMS']) {
    expect(readFileSync(join(got, name)), name).toEqual(readFileSync(join(folder, name)));
  }
});

test('an empty file is no asset, because GitHub takes none; the recipe makes it again', async () => {
  const { output, standin } = await published();
  await release(fresh.db, standin, { output, repository });
  const [only] = await releasesOf(standin, repository);
  expect(only?.assets.map(({ name }) => name)).not.toContain('removed.ndjson');
  expect(only?.body).toContain('\n: > removed.ndjson\n');
  if (!only) return;
  const got = await download(only);
  const parts = JSON.parse(readFileSync(join(got, 'PARTS.json'), 'utf8'));
  expect(parts.files).toContainEqual({ name: 'removed.ndjson', bytes: 0, sha256: sha256(''), parts: [] });
});

test('a file that is too large is split; its parts in the listed order, or by the recipe, are the file again', async () => {
  const { output, standin, folder } = await published(20);
  await release(fresh.db, standin, { output, repository, partBytes: 700 });
  const [only] = await releasesOf(standin, repository);
  if (!only) throw new Error('nothing was released');
  expect(Math.max(...only.assets.filter(({ name }) => name !== 'PARTS.json').map(({ size }) => size))).toBe(
    700,
  );
  const got = await download(only);
  const original = readFileSync(join(folder, 'submissions.ndjson'));
  const { files } = JSON.parse(readFileSync(join(got, 'PARTS.json'), 'utf8'));
  const listed = files.find(({ name }: { name: string }) => name === 'submissions.ndjson');
  expect(listed).toMatchObject({ bytes: original.length, sha256: sha256(original) });
  const parts = listed.parts.map(({ name, sha256: hash }: { name: string; sha256: string }) => {
    const content = readFileSync(join(got, name));
    expect(sha256(content)).toBe(hash);
    return content;
  });
  expect(parts.length).toBe(Math.ceil(original.length / 700));
  expect(Buffer.concat(parts).equals(original)).toBe(true);

  follow(only.body, got);
  expect(sha256(readFileSync(join(got, 'submissions.ndjson')))).toBe(sha256(original));
  checkSums(got);
});

test('the attestation’s bundle is among the draft’s files before it is public', async () => {
  const { output, standin, manifest, folder } = await published();
  const attestation = join(output, 'bundle.json');
  const hashOf = (name: string) => sha256(readFileSync(join(folder, name)));
  const one = 'urls.txt';
  const two = 'manifest.json';
  const text = bundleAbout({ [one]: hashOf(one), [two]: hashOf(two), other: sha256('other') });
  writeFileSync(attestation, text);
  await release(fresh.db, standin, { output, repository, attestation });
  const [only] = await releasesOf(standin, repository);
  if (!only) throw new Error('nothing was released');
  const name = `dataset-${manifest.snapshot_id}.sigstore.json`;
  expect(readFileSync(join(await download(only), name), 'utf8')).toBe(text);
  const verify = (file: string) => `\ngh attestation verify ${file} --repo ${repository} --bundle ${name}\n`;
  expect(only.body).toContain(verify(one));
  expect(only.body).toContain(verify(two));
  expect(only.body).not.toContain(verify('submissions.ndjson'));
  const paths = standin.requests.map(({ method, path }) => `${method} ${path}`);
  const uploaded = paths.findIndex((path) => path.includes(encodeURIComponent(name)));
  expect(uploaded).toBeGreaterThan(0);
  expect(uploaded).toBeLessThan(paths.findIndex((path) => path.startsWith('PATCH')));
});

test.each([
  ['that is not there', undefined, /^There is no file /],
  ['that is no JSON', '{', /is no attestation's bundle/],
  [
    'of another shape',
    '{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"}',
    /is no attestation's bundle/,
  ],
  [
    'about other files',
    bundleAbout({ SHA256SUMS: sha256('other') }),
    /attests no file of snapshot 2026-03-01/,
  ],
])('an attestation %s is refused before anything is made', async (_, text, sentence) => {
  const { output, standin } = await published();
  const attestation = join(output, 'bundle.json');
  if (text !== undefined) writeFileSync(attestation, text);
  await expect(release(fresh.db, standin, { output, repository, attestation })).rejects.toThrow(sentence);
  expect(await releasesOf(standin, repository)).toEqual([]);
});

test('run again, a released snapshot is left as it is', async () => {
  const { output, standin, manifest } = await published();
  await release(fresh.db, standin, { output, repository });
  const before = standin.requests.length;
  const again = await release(fresh.db, standin, { output, repository });
  expect(again).toMatchObject({ kind: 'already', id: manifest.snapshot_id });
  expect(standin.requests.slice(before).filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('a dry run tells what is due, and only asks', async () => {
  const { output, standin, manifest } = await published();
  const { snapshot_id: id } = manifest;
  expect(await release(fresh.db, standin, { output, repository, dryRun: true })).toEqual({ kind: 'due', id });
  expect(standin.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  await release(fresh.db, standin, { output, repository });
  const after = await release(fresh.db, standin, { output, repository, dryRun: true });
  expect(after).toMatchObject({ kind: 'already', id });
});

test('a change makes another release, which counts what changed since the one before', async () => {
  const { output, standin, manifest: first } = await published(5);
  await release(fresh.db, standin, { output, repository });
  await takeOut(fresh.db, 1, 'withdrawn');
  const { manifest: between } = await exportAndPublish(fresh.db, output);
  await takeOut(fresh.db, 2, 'gone');
  await exportAndPublish(fresh.db, output);
  expect(await release(fresh.db, standin, { output, repository })).toMatchObject({ kind: 'released' });
  const [newest, older] = await releasesOf(standin, repository);
  expect(older?.tag).toBe(`dataset-${first.snapshot_id}`);
  expect(newest?.body).toContain(`Since [dataset-${first.snapshot_id}](${older?.url}):`);
  expect(newest?.body).toContain('| withdrawn | 1 |\n| gone | 1 |');
  expect(newest?.body).toContain(
    `since snapshot \`${between.snapshot_id}\`, which has no release of its own.`,
  );
});

test('a snapshot that only tells newer checks is no release', async () => {
  const { output, standin, manifest } = await published();
  await release(fresh.db, standin, { output, repository });
  await fresh.db.query(`update submission set verified_at = timestamptz '2026-02-28 00:00:00Z'`);
  await exportAndPublish(fresh.db, output);
  expect(await release(fresh.db, standin, { output, repository })).toMatchObject({
    kind: 'unchanged',
    tag: `dataset-${manifest.snapshot_id}`,
  });
  expect(await releasesOf(standin, repository)).toHaveLength(1);
});

test('without a published snapshot there is nothing to release, and GitHub is not asked', async () => {
  const { standin } = await runningStandin(temporaryGists({}).dir);
  const output = outputFolder();
  await exportTo(fresh.db, output);
  expect(await release(fresh.db, standin, { output, repository })).toEqual({ kind: 'nothing_published' });
  expect(standin.requests).toEqual([]);
});

test('files that are not whole are not released', async () => {
  const { output, standin, manifest, folder } = await published();
  writeFileSync(join(folder, 'urls.txt'), 'https://example.org/\n');
  const outcome = await release(fresh.db, standin, { output, repository });
  expect(outcome).toEqual({ kind: 'files_missing', id: manifest.snapshot_id });
  expect(await releasesOf(standin, repository)).toEqual([]);
});
