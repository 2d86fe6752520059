import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { samples } from '#domain/transcript/fuzz-samples.ts';
import { temporaryFolder } from '../copy/testing-rows.ts';
import { JobFailure } from '../failure.ts';
import { formats } from './formats/open-format.ts';
import { run } from './run.ts';
import { copyOf, filesIn, hydrate, outcomesOf, pullInto, rowOf } from './testing.ts';
import { contentsOf, startHost } from './testing-host.ts';
import { inputOf, toolsOf } from './testing-input.ts';

const gistOf = (id: string, text = '') => {
  const files = { 'session.jsonl': text, 'id.txt': id };
  return { row: rowOf(id, files), files };
};
const gists = [
  gistOf('a1', samples['claude-code']),
  gistOf('a2', samples.codex),
  gistOf('a3', samples['claude-code']),
];
const rows = gists.map(({ row }) => row);
const outputs = [...formats];
const messagesIn = (copy: string) =>
  Object.entries(filesIn(copy, ['messages']))
    .filter(([path]) => /[^/]*\.jsonl$/.test(path) && !path.includes('dropped'))
    .flatMap(([, text]) => text.split('\n').filter(Boolean));

test('what came is written in every format, in the snapshot’s order, and what did not come is left out', async () => {
  const host = await startHost(contentsOf(gists));
  host.behave('/a2/', (response) => void response.writeHead(404).end());
  const copy = copyOf(rows);
  const { written } = await hydrate(copy, host.origin, { formats });
  expect(outcomesOf(copy)).toEqual(['a1 ok', 'a2 gone', 'a3 ok']);
  expect(written.map(({ format, written: { sessions } }) => [format, sessions])).toEqual(
    formats.map((format) => [format, 2]),
  );
  const before = filesIn(copy, outputs);
  expect(Object.keys(before).map((path) => path.split('/')[0])).toEqual(expect.arrayContaining(outputs));
  const lines = messagesIn(copy);
  expect(lines).toHaveLength(2);
  expect(lines.map((line) => line.includes('a1'))).toEqual([true, false]);
  // The same again, without a request.
  expect((await hydrate(copy, host.origin, { formats })).written).toEqual(written);
  expect(filesIn(copy, outputs)).toEqual(before);
});

test('a run that is stopped leaves the last run’s outputs, and nothing half-written', async () => {
  const host = await startHost(contentsOf(gists));
  const copy = copyOf(rows.slice(0, 1));
  await hydrate(copy, host.origin, { formats });
  const before = filesIn(copy, [...outputs, 'status.ndjson']);
  pullInto(copy, rows);
  const stop = new AbortController();
  const reason = new JobFailure('Stopped. Run it again to go on.');
  host.behave('/a3/', () => stop.abort(reason));
  await expect(run(inputOf(copy, host.origin, { formats }), toolsOf({ signal: stop.signal }))).rejects.toBe(
    reason,
  );
  expect(filesIn(copy, [...outputs, 'status.ndjson'])).toEqual(before);
  expect(filesIn(copy, ['.part'])).toEqual({});
});

test('an output that cannot be begun ends the run, and no clock goes on', async () => {
  const host = await startHost(contentsOf(gists));
  const copy = copyOf(rows);
  mkdirSync(join(copy, '.part'));
  writeFileSync(join(copy, '.part/formats'), 'in the way');
  const [begun, ended] = [vi.spyOn(globalThis, 'setInterval'), vi.spyOn(globalThis, 'clearInterval')];
  await expect(hydrate(copy, host.origin, { formats })).rejects.toThrow(join(copy, '.part/formats'));
  const cleared = ended.mock.calls.map(([timer]) => timer);
  const held = begun.mock.results.filter(({ value }) => value.hasRef() && !cleared.includes(value));
  vi.restoreAllMocks();
  expect(held).toEqual([]);
  expect(readdirSync(join(copy, '.part'))).toEqual(['formats']);
});

test.each(['messages', 'parquet', 'sts', 'sts/a1', '.part/formats'])(
  'nothing is written or taken away through %s where it is a link',
  async (place) => {
    const host = await startHost(contentsOf(gists));
    const copy = copyOf(rows);
    await hydrate(copy, host.origin, { formats });
    const outside = temporaryFolder();
    for (const name of ['README.md', 'messages.jsonl', 'sessions.parquet', 'dropped.ndjson', 'a1.jsonl'])
      writeFileSync(join(outside, name), 'theirs');
    const theirs = () =>
      readdirSync(outside).map((name) => [name, readFileSync(join(outside, name), 'utf8')]);
    const before = theirs();
    rmSync(join(copy, place), { recursive: true, force: true });
    symlinkSync(outside, join(copy, place));
    await expect(hydrate(copy, host.origin, { formats })).rejects.toThrow(
      `${join(copy, place)} is a link, and nothing is written through it. Remove it, then run this again.`,
    );
    expect(theirs()).toEqual(before);
  },
);

test('a card that is a link is replaced, and what it leads to is left alone', async () => {
  const host = await startHost(contentsOf(gists));
  const copy = copyOf(rows);
  await hydrate(copy, host.origin, { formats });
  const before = filesIn(copy, outputs);
  const outside = join(temporaryFolder(), 'theirs.md');
  writeFileSync(outside, 'theirs');
  for (const format of formats) {
    rmSync(join(copy, format, 'README.md'));
    symlinkSync(outside, join(copy, format, 'README.md'));
  }
  await hydrate(copy, host.origin, { formats });
  expect(readFileSync(outside, 'utf8')).toBe('theirs');
  expect(filesIn(copy, outputs)).toEqual(before);
});
