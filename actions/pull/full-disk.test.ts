import { execFileSync } from 'node:child_process';
import { readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, type TestContext, test } from 'vitest';
import { emptyFolder, publish, pullFrom, rowOf, serve } from './testing.ts';

const full = /^The disk is full: .+ could not be written\. Free some space, then run this again\.$/;

/** A snapshot of about 700 kB. */
async function published() {
  const folder = emptyFolder();
  const rows = Array.from({ length: 1000 }, (_, n) => rowOf(n + 1));
  const at = new Date('2026-03-01T00:00:00Z');
  const id = await publish(folder, { at, logSeq: 1000, rows, removed: [] });
  return { id, ...(await serve(folder)) };
}

/** A disk of its own, which needs an administrator and Linux; the test is left out elsewhere. */
function smallDisk(kilobytes: number, { skip }: TestContext): string {
  const folder = emptyFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    skip('No disk can be mounted here.');
  }
  onTestFinished(() => void execFileSync('umount', [folder]));
  return folder;
}

test('a disk that is too small: said before anything is fetched', async (context) => {
  const disk = smallDisk(300, context);
  const { place, asked, id } = await published();
  const { ok, words } = await pullFrom(place, join(disk, 'copy'));
  expect(words).toMatch(/needs 0\.0 GB more, and the disk of .+ has 0\.0 GB left\. Free some space/);
  expect(ok).toBe(false);
  expect(asked).not.toContain(`snapshots/${id}/urls.txt`);
});

test('a disk that something else fills up meanwhile: a sentence, and the next run goes on', async (context) => {
  const disk = smallDisk(2000, context);
  const { place, answers, asked, id } = await published();
  const key = `snapshots/${id}/removed.ndjson`;
  const filler = join(disk, 'filler');
  const rows = `snapshots/${id}/submissions.ndjson`;
  answers.set(rows, (request, response) => {
    answers.delete(rows);
    try {
      writeFileSync(filler, Buffer.alloc(4_000_000));
    } catch {}
    response.writeHead(307, { location: `/${request.url?.slice(1)}` }).end();
  });
  const stopped = await pullFrom(place, join(disk, 'copy'));
  expect(stopped).toMatchObject({ ok: false });
  expect(stopped.words).toMatch(full);
  expect(asked).not.toContain(key);
  rmSync(filler);
  expect(await pullFrom(place, join(disk, 'copy'))).toMatchObject({ ok: true });
  expect(readlinkSync(join(disk, 'copy/latest'))).toBe(`snapshots/${id}`);
});

test.skipIf(process.platform !== 'linux')(
  'a file that the disk has no room for: a sentence, nothing where latest leads',
  async () => {
    const { place, answers, id } = await published();
    const copy = join(emptyFolder(), 'copy');
    const sums = `snapshots/${id}/SHA256SUMS`;
    // Whoever writes there is told that the disk is full. A link that was there before would be taken away.
    answers.set(sums, (request, response) => {
      answers.delete(sums);
      symlinkSync('/dev/full', join(copy, `.fetch-${id}`, 'submissions.ndjson'));
      response.writeHead(307, { location: `/${request.url?.slice(1)}` }).end();
    });
    const stopped = await pullFrom(place, copy);
    expect(stopped.words).toMatch(full);
    expect(await pullFrom(place, copy)).toMatchObject({ ok: true });
    expect(readlinkSync(join(copy, 'latest'))).toBe(`snapshots/${id}`);
  },
);
