import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
} from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeCopyLock } from '../copy/lock.ts';
import { linesOf, pullFrom, put, removalOf, rewriteManifest } from './testing.ts';
import { twoSnapshots } from './testing-world.ts';

const text = (path: string) => readFileSync(path, 'utf8');

test('the newest snapshot is brought, with the hour’s departures, from an address and from a folder', async () => {
  const { place, published, copy, folder, second } = await twoSnapshots();
  const hour = linesOf([removalOf(9, 4), removalOf(8, 6), removalOf(1, 7)]);
  put(join(published, 'latest/removed.ndjson'), hour);
  put(
    join(published, 'latest/status.json'),
    JSON.stringify({
      generated_at: '2026-03-02T11:00:00.000Z',
      last_recheck: { finished_at: '2026-03-02T06:00:00.000Z' },
    }),
  );
  for (const [from, to] of [
    [place, copy],
    [published, join(folder, 'another')],
  ] as const) {
    const { ok, words, logged } = await pullFrom(from, to);
    expect(words).toBe(
      [
        `Pulled snapshot ${second} from ${from}: 4 sessions, every byte as its manifest says.`,
        `3 departures so far are in ${to}/removed.ndjson.`,
        'Gists were last rechecked at 2026-03-02T06:00:00.000Z.',
        `${to}/snapshots/${second}, where latest leads`,
      ].join('\n'),
    );
    expect({ ok, logged }).toEqual({ ok: true, logged: [] });
    expect(readlinkSync(join(to, 'latest'))).toBe(`snapshots/${second}`);
    expect(text(join(to, 'removed.ndjson'))).toBe(hour);
    for (const name of readdirSync(join(published, 'snapshots', second)))
      expect(text(join(to, 'latest', name))).toBe(text(join(published, 'snapshots', second, name)));
  }
  expect(readdirSync(copy).sort()).toEqual(['.lock', 'latest', 'removed.ndjson', 'snapshots']);
});

test('what is here whole is not fetched again; what is damaged is', async () => {
  const { place, copy, second, asked } = await twoSnapshots();
  await pullFrom(place, copy);
  asked.length = 0;
  expect((await pullFrom(place, copy)).words).toMatch(/^Snapshot \S+ is here already, whole: 4 sessions\./);
  const rows = `snapshots/${second}/submissions.ndjson`;
  expect(asked).not.toContain(rows);
  truncateSync(join(copy, rows), 10);
  expect((await pullFrom(place, copy)).words).toMatch(/^Pulled snapshot/);
  expect(asked).toContain(rows);
});

test('a later minor version, with fields and files nobody knows yet, is taken as it is', async () => {
  const { place, published, copy, second } = await twoSnapshots();
  await rewriteManifest(published, second, (manifest) => {
    manifest.schema_version = '1.99.0';
    manifest.changes = { added: 1, translated: 2 };
    manifest.another = { field: true };
  });
  expect(await pullFrom(place, copy)).toMatchObject({ ok: true });
  expect(await pullFrom(place, copy)).toMatchObject({
    ok: true,
    words: expect.stringMatching(/here already/),
  });
  expect(text(join(copy, 'latest/manifest.json'))).toContain('translated');
});

test('without hourly departures the snapshot’s own are used, and the copy’s kept where they are more', async () => {
  const { place, published, copy, second } = await twoSnapshots();
  rmSync(join(published, 'latest/removed.ndjson'));
  const { ok, logged } = await pullFrom(place, copy);
  expect(ok).toBe(true);
  expect(logged).toEqual([
    `${place} has no hourly removals, so departures since 2026-03-02T00:00:00.000Z are not known. Those of the snapshot are used.`,
  ]);
  expect(text(join(copy, 'removed.ndjson'))).toBe(
    text(join(published, 'snapshots', second, 'removed.ndjson')),
  );
  const more = linesOf([removalOf(9, 4), removalOf(8, 6), removalOf(1, 7)]);
  put(join(copy, 'removed.ndjson'), more);
  expect((await pullFrom(place, copy)).words).toMatch(/^3 departures so far/m);
  expect(text(join(copy, 'removed.ndjson'))).toBe(more);
});

test('removals that were last refreshed days ago are told of', async () => {
  const { place, published, copy } = await twoSnapshots();
  const told = { generated_at: '2026-02-27T11:00:00.000Z', last_recheck: null };
  put(join(published, 'latest/status.json'), JSON.stringify(told));
  expect((await pullFrom(place, copy)).logged).toEqual([
    `Removals at ${place} were last refreshed at 2026-02-27T11:00:00.000Z, though they should be every hour.`,
  ]);
});

test('an older snapshot is taken by those who ask for it, and departures stay', async () => {
  const { place, published, earlier, copy, first } = await twoSnapshots();
  await pullFrom(place, copy);
  const known = text(join(copy, 'removed.ndjson'));
  await cp(join(earlier, 'latest'), join(published, 'latest'), { recursive: true });
  expect(await pullFrom(place, copy)).toMatchObject({ ok: false });
  expect(await pullFrom(place, copy, { allowOlder: true })).toMatchObject({ ok: true });
  expect(readlinkSync(join(copy, 'latest'))).toBe(`snapshots/${first}`);
  expect(text(join(copy, 'removed.ndjson'))).toBe(known);
});

test('a snapshot that is too old is taken by those who do not mind', async () => {
  const { place, copy } = await twoSnapshots();
  const now = () => new Date('2027-03-02T00:00:00Z');
  expect(await pullFrom(place, copy, { now })).toMatchObject({ ok: false });
  expect(await pullFrom(place, copy, { now, maxAgeDays: null })).toMatchObject({ ok: true });
});

test('a withdrawn snapshot that is in the copy is told of, and so is a list nobody understands', async () => {
  const { place, published, copy, first } = await twoSnapshots();
  const list = join(published, 'withdrawn-snapshots.json');
  put(list, JSON.stringify([{ snapshot_id: first, withdrawn_at: '2026-03-02', reason: 'policy' }]));
  expect((await pullFrom(place, copy)).logged).toEqual([
    `Snapshot ${first} was withdrawn (policy). Delete ${copy}/snapshots/${first}, and what was made of it.`,
  ]);
  put(list, '[{');
  expect((await pullFrom(place, copy)).logged).toEqual([
    `${place}/withdrawn-snapshots.json cannot be understood; look at it for snapshots to delete.`,
  ]);
});

test('a redirect to where the files are is followed', async () => {
  const { place, answers, copy, second } = await twoSnapshots();
  const key = `snapshots/${second}/submissions.ndjson`;
  answers.set('moved', (request, response) => {
    answers.delete(key);
    response.writeHead(302, { location: `${place}/${key}` }).end(request.method);
  });
  answers.set(key, (_, response) => response.writeHead(307, { location: '/moved' }).end());
  expect(await pullFrom(place, copy)).toMatchObject({ ok: true });
});

test('stopped while a server is silent, it ends at once, and the next run goes on', async () => {
  const { place, answers, copy, first, second } = await twoSnapshots();
  const stop = new AbortController();
  const key = `snapshots/${second}/submissions.ndjson`;
  answers.set(key, (_, response) => {
    response.writeHead(200).write(text(join(copy, 'latest/submissions.ndjson')).slice(0, 5));
    setImmediate(() => stop.abort(new Error('stopped')));
  });
  await expect(pullFrom(place, copy, { signal: stop.signal })).rejects.toThrow('stopped');
  expect(readlinkSync(join(copy, 'latest'))).toBe(`snapshots/${first}`);
  answers.clear();
  expect(await pullFrom(place, copy)).toMatchObject({ ok: true });
});

test('a second run beside the first is refused', async () => {
  const { place, copy } = await twoSnapshots();
  const lock = await takeCopyLock(copy, '.lock');
  expect((await pullFrom(place, copy)).words).toMatch(/^Another command is at work in /);
  await lock?.release();
  expect(await pullFrom(place, copy)).toMatchObject({ ok: true });
});

test('a latest that is somebody else’s folder is left alone', async () => {
  const { place, folder } = await twoSnapshots();
  const copy = join(folder, 'foreign');
  mkdirSync(join(copy, 'latest'), { recursive: true });
  expect((await pullFrom(place, copy)).words).toMatch(/latest is no link to a snapshot, and is left alone/);
  expect(existsSync(join(copy, 'snapshots'))).toBe(false);
});

test('an address with a password, or that is none, is refused without naming it', async () => {
  const { copy } = await twoSnapshots();
  for (const place of ['https://me:secret@example.org', 'https://example.org/?token=secret', 'https://']) {
    const { ok, words } = await pullFrom(place, copy);
    expect(ok).toBe(false);
    expect(words).toMatch(/without a password, \? or #/);
    expect(words).not.toContain('secret');
  }
});

test('an address where nothing is published: a sentence', async () => {
  const { place, copy } = await twoSnapshots();
  expect((await pullFrom(`${place}/nothing`, copy)).words).toMatch(
    /is not there, or not for everybody to read/,
  );
});

test('what somebody keeps in the folder under names like ours is left alone', async () => {
  const { place, copy } = await twoSnapshots();
  const theirs = ['.fetch-cache/a', '.latest-news/b', '.export-keys/c', '.export-2026', '.fetch-removed.txt'];
  for (const path of theirs) put(join(copy, path), 'theirs');
  expect(await pullFrom(place, copy)).toMatchObject({ ok: true });
  for (const path of theirs) expect(text(join(copy, path))).toBe('theirs');
});

test('nothing is written or deleted through a link in the copy', async () => {
  const { place, folder, copy, second } = await twoSnapshots();
  const outside = join(folder, 'outside');
  put(join(outside, 'theirs.txt'), 'theirs');
  put(join(outside, '1'), 'theirs');
  symlinkSync(outside, join(copy, `.fetch-${second}`));
  expect(await pullFrom(place, copy)).toMatchObject({ ok: true });
  expect(readdirSync(outside).sort()).toEqual(['1', 'theirs.txt']);
  for (const name of ['snapshots', '.lock']) {
    const other = join(folder, `with-${name}`);
    mkdirSync(other);
    symlinkSync(outside, join(other, name));
    expect(await pullFrom(place, other)).toEqual({
      ok: false,
      words: `${join(other, name)} is a link, and nothing is written through it. Remove it, then run this again.`,
      logged: [],
    });
  }
  expect(readdirSync(outside).sort()).toEqual(['1', 'theirs.txt']);
  expect(text(join(outside, '1'))).toBe('theirs');
});

test('a link among what an earlier run brought is taken away, and what it leads to is left alone', async () => {
  const { place, folder, copy, second } = await twoSnapshots();
  put(join(folder, 'theirs.txt'), 'theirs');
  mkdirSync(join(copy, `.fetch-${second}`));
  symlinkSync(join(folder, 'theirs.txt'), join(copy, `.fetch-${second}/urls.txt`));
  expect(await pullFrom(place, copy)).toMatchObject({ ok: true });
  expect(text(join(folder, 'theirs.txt'))).toBe('theirs');
});

test.each(['messages/README.md', 'sessions/notes.txt', 'store/a', 'status.ndjson'])(
  'a folder that is somebody else’s, with %s, is not made a copy',
  async (path) => {
    const { place, folder } = await twoSnapshots();
    const theirs = join(folder, 'theirs');
    put(join(theirs, path), 'theirs');
    expect((await pullFrom(place, theirs)).words).toBe(
      `${theirs} is no copy, and has ${path.split('/')[0]}, which would be written over. Choose another folder.`,
    );
    expect(readdirSync(theirs)).toEqual([path.split('/')[0]]);
  },
);
