import { execFileSync } from 'node:child_process';
import fs, { mkdirSync, readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../copy/testing-rows.ts';
import { JobFailure } from '../failure.ts';
import { run } from './run.ts';
import { copyOf, existing, filesIn, hydrate, pullInto, rowOf } from './testing.ts';
import { contentsOf, startHost } from './testing-host.ts';
import { inputOf, toolsOf } from './testing-input.ts';

const gists = Array.from({ length: 40 }, (_, i) => {
  const files = { 'a.jsonl': `${i}\n`.repeat(i === 5 ? 200_000 : 2_000) };
  return { row: rowOf(`a${i.toString(16).padStart(2, '0')}`, files), files };
});
const rows = gists.map(({ row }) => row);

test('Ctrl-C lets go of requests, leaves the last status and no parts, and the next run goes on', async () => {
  const host = await startHost(contentsOf(gists));
  const copy = copyOf(rows.slice(0, 3));
  await hydrate(copy, host.origin);
  const last = readFileSync(join(copy, 'status.ndjson'), 'utf8');
  pullInto(copy, rows);
  host.asked.length = 0;

  const stop = new AbortController();
  const reason = new JobFailure('Stopped. Run it again to go on.');
  host.behave('/', (response, content) => {
    if (host.asked.length <= 10) response.end(content);
    // The rest hangs, one of them with half of its bytes sent.
    else response.write(content.subarray(0, content.length / 2));
    if (host.asked.length === 14) stop.abort(reason);
  });
  await expect(run(inputOf(copy, host.origin), toolsOf({ signal: stop.signal }))).rejects.toBe(reason);
  await expect.poll(() => host.open()).toBe(0);
  expect(host.asked).toHaveLength(14);
  expect(existing(join(copy, '.part'))).toEqual([]);
  expect(readFileSync(join(copy, 'status.ndjson'), 'utf8')).toBe(last);

  const stored = Object.keys(filesIn(copy, ['store'])).length;
  host.behave('/', (response, content) => void response.end(content));
  host.asked.length = 0;
  const outcome = await hydrate(copy, host.origin);
  expect(outcome.counts.ok).toBe(40);
  expect(host.asked).toHaveLength(40 - stored);
});

test('a disk that fills up ends the run with a sentence, and the next one goes on', async () => {
  const host = await startHost(contentsOf(gists));
  const copy = copyOf(rows);
  const real = fs.writeFileSync;
  let written = 0;
  const full = vi.spyOn(fs, 'writeFileSync').mockImplementation((path, content, options) => {
    written += 1;
    if (written <= 9) return real(path, content, options);
    real(path, '', options);
    throw Object.assign(new Error('no space'), { code: 'ENOSPC', path });
  });
  syncBuiltinESMExports();
  const restore = () => {
    full.mockRestore();
    syncBuiltinESMExports();
  };
  onTestFinished(restore);
  await expect(run(inputOf(copy, host.origin), toolsOf())).rejects.toThrow(
    /^The disk is full: .* could not be written\. Free some space, then run this again\.$/,
  );
  expect(existing(join(copy, '.part'))).toEqual([]);
  expect(existing(copy)).not.toContain('status.ndjson');
  await expect.poll(() => host.open()).toBe(0);
  restore();
  host.asked.length = 0;
  const stored = Object.keys(filesIn(copy, ['store'])).length;
  expect((await hydrate(copy, host.origin)).counts.ok).toBe(40);
  expect(host.asked).toHaveLength(40 - stored);
});

/** A file system of 1 MB; null where it cannot be had. */
function smallDisk(): string | null {
  const folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  onTestFinished(() => void execFileSync('umount', [folder]));
  return folder;
}

test('a disk that really is full does the same', async ({ skip }) => {
  const disk = smallDisk();
  if (disk === null) return skip('No file system can be mounted here.');
  const large = Array.from({ length: 6 }, (_, i) => {
    const files = { 'a.jsonl': `${i}\n`.repeat(i % 2 ? 200_000 : 100_000) };
    return { row: rowOf(`b${i}`, files), files };
  });
  const host = await startHost(contentsOf(large));
  const copy = join(disk, 'copy');
  mkdirSync(copy);
  pullInto(
    copy,
    large.map(({ row }) => row),
  );
  await expect(run(inputOf(copy, host.origin), toolsOf())).rejects.toThrow(/^The disk is full: /);
  expect(existing(join(copy, '.part'))).toEqual([]);
  for (const content of Object.values(filesIn(copy, ['sessions', 'store']))) {
    expect(large.some(({ files }) => files['a.jsonl'] === content)).toBe(true);
  }
});

test('a row that is none ends the run at once, and what is under way is let go', async () => {
  const host = await startHost(contentsOf(gists));
  const copy = copyOf(rows.slice(0, 3));
  const [snapshot = ''] = existing(join(copy, 'snapshots'));
  fs.appendFileSync(join(copy, 'snapshots', snapshot, 'submissions.ndjson'), '{"gist_id":"../x"}\n');
  host.behave('/', (response) => void response.write('x'));
  await expect(run(inputOf(copy, host.origin), toolsOf())).rejects.toThrow(/^Line 4 of /);
  await expect.poll(() => host.open()).toBe(0);
  expect(existing(join(copy, '.part'))).toEqual([]);
  expect(existing(copy)).not.toContain('status.ndjson');
});
