import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backup, dumpKey } from '#domain/backup.ts';
import { realServer } from '#sql/testing.ts';
import { freshIndex } from '#sql/testing-index.ts';
import { listGists, takeOut } from '#sql/testing-rows.ts';
import { bytesContent } from '../bucket/content.ts';
import { type Place, places, textAt, unwatched } from '../bucket/testing.ts';
import { exportTo, outputFolder } from '../export/testing.ts';
import { endOf } from '../testing.ts';
import { backupSettings, emptyOwned, type Keeper, newKeeper } from './testing.ts';

const fresh = freshIndex();

/** Backs the index up as the timer does, with the rights of the role for it. */
function backUp(place: Place, keeper: Keeper, env: Record<string, string> = {}) {
  const settings = backupSettings(place);
  return endOf('backup', settings.flags, {
    cwd: keeper.folder,
    env: { DATABASE_URL: fresh.as.backup.url, BACKUP_RECIPIENT: keeper.recipient, ...settings.env, ...env },
  });
}

function restore(place: Place, keeper: Keeper, into: string, more: string[] = []) {
  const settings = backupSettings(place);
  const args = ['--into', into, '--identity', keeper.identityFile, ...settings.flags, ...more];
  return endOf('restore', args, { cwd: keeper.folder, env: settings.env });
}

async function newest({ bucket }: Place) {
  return backup.parse(JSON.parse((await textAt(bucket, 'backups/newest.json')) ?? ''));
}

async function fillIndex(): Promise<void> {
  await listGists(fresh.db, 40);
  await takeOut(fresh.db, 3, 'removed', 'policy');
  await fresh.db.query(`insert into report (gist_id, account_id, reason, text)
    select gist_id, account_id, 'spam', 'told by somebody' from submission order by gist_id limit 1`);
  await fresh.db.query(`insert into session (jti, account_id, expires_at)
    select gen_random_uuid(), id, now() + interval '1 day' from account`);
}

describe.skipIf(!realServer).each(places)('backup and restore on $name', ({ make }) => {
  test('what was backed up is there again, row by row, and exports the same bytes', async () => {
    const [place, keeper] = [await make(), await newKeeper()];
    await fillIndex();
    expect(await backUp(place, keeper)).toMatchObject({ code: 0 });
    const kept = await newest(place);
    expect(kept).toMatchObject({ log_seq: 81, tables: { submission: 40, moderation_log: 81, report: 1 } });

    // What it counted is what an export writes.
    const output = outputFolder();
    await exportTo(fresh.db, output);
    const manifest = JSON.parse(readFileSync(join(output, 'latest/manifest.json'), 'utf8'));
    expect(kept.files).toEqual({
      'submissions.ndjson': manifest.files['submissions.ndjson'],
      'removed.ndjson': manifest.files['removed.ndjson'],
    });

    const { fresh: empty, url } = await emptyOwned();
    const ended = await restore(place, keeper, url, ['--json']);
    expect(ended).toMatchObject({ code: 0 });
    expect(JSON.parse(ended.stdout)).toMatchObject({
      backup_id: kept.backup_id,
      equal: true,
      tables: kept.tables,
      files: kept.files,
      migrated: [],
    });

    const rows = 'select * from submission order by gist_id';
    expect((await empty.db.query(rows)).rows).toEqual((await fresh.db.query(rows)).rows);
    expect((await empty.db.query('select from session')).rowCount).toBe(0);
    await expect(empty.db.query('delete from moderation_log')).rejects.toThrow('append-only');
    expect((await empty.as.site.db.query('select from submission')).rowCount).toBe(40);
    await expect(empty.as.site.db.query('delete from submission')).rejects.toThrow('permission denied');
  });

  test('nothing of it can be read without the key, and nothing at all by strangers', async () => {
    const [place, keeper] = [await make(), await newKeeper()];
    await fillIndex();
    await backUp(place, keeper);
    const { backup_id: id } = await newest(place);
    const dump = (await textAt(place.bucket, dumpKey(id))) ?? '';
    expect(dump).toMatch(/^age-encryption\.org\/v1\n/);
    for (const plain of ['PGDMP', 'submission', 'told by somebody']) expect(dump).not.toContain(plain);
    if (place.access === null) return;
    for (const key of [dumpKey(id), `backups/${id}.json`, 'backups/newest.json'])
      expect(await place.bucket.readPublic(key), key).toBeNull();
  });

  test('an older backup can be named, and neither is written over', async () => {
    const [place, keeper] = [await make(), await newKeeper()];
    await listGists(fresh.db, 1);
    await backUp(place, keeper);
    const first = await newest(place);
    await listGists(fresh.db, 1, 2);
    await backUp(place, keeper);
    expect((await newest(place)).tables.submission).toBe(2);
    const { fresh: empty, url } = await emptyOwned();
    expect(await restore(place, keeper, url, ['--backup', first.backup_id])).toMatchObject({ code: 0 });
    expect((await empty.db.query('select from submission')).rowCount).toBe(1);
  });

  test('a database that holds something is not restored over', async () => {
    const [place, keeper] = [await make(), await newKeeper()];
    await listGists(fresh.db, 1);
    await backUp(place, keeper);
    const { code, stderr } = await restore(place, keeper, fresh.url);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('restore: The database of --into is not empty.'),
    ]);
  });

  test.each([
    [
      'another key',
      async (_place: Place, keeper: Keeper) => newKeeper().then((other) => ({ ...keeper, ...other })),
      /encrypted for another key/,
    ],
    [
      'a dump that lost its end',
      async (place: Place, keeper: Keeper) => {
        const key = dumpKey((await newest(place)).backup_id);
        const file = await place.bucket.read(key);
        const pieces: Uint8Array[] = [];
        for await (const piece of file?.body ?? []) pieces.push(piece);
        const whole = Buffer.concat(pieces);
        await place.bucket.replace(key, bytesContent(whole.subarray(0, -100)), unwatched);
        return keeper;
      },
      /is not what its backup wrote/,
    ],
    [
      'a dump with another byte',
      async (place: Place, keeper: Keeper) => {
        const key = dumpKey((await newest(place)).backup_id);
        const file = await place.bucket.read(key);
        const pieces: Uint8Array[] = [];
        for await (const piece of file?.body ?? []) pieces.push(piece);
        const whole = Buffer.concat(pieces);
        whole[1_000] = (whole[1_000] ?? 0) ^ 1;
        await place.bucket.replace(key, bytesContent(whole), unwatched);
        return keeper;
      },
      /is not what its backup wrote/,
    ],
    [
      'a description of another version',
      async (place: Place, keeper: Keeper) => {
        await place.bucket.replace('backups/newest.json', bytesContent('{"backup_version":2}'), unwatched);
        return keeper;
      },
      /does not describe a backup as this version makes them/,
    ],
  ])('%s: one sentence, and the database stays empty', async (_name, spoil, sentence) => {
    const [place, keeper] = [await make(), await newKeeper()];
    await listGists(fresh.db, 1);
    await backUp(place, keeper);
    const holder = await spoil(place, keeper);
    const { fresh: empty, url } = await emptyOwned();
    const { code, stderr } = await restore(place, holder, url);
    expect([code, stderr.split('\n').at(-2)]).toEqual([1, expect.stringMatching(sentence)]);
    expect(
      (await empty.db.query(`select from pg_class where relnamespace = 'public'::regnamespace`)).rowCount,
    ).toBe(0);
  });

  test('a restored database that lacks a row is told of', async () => {
    const [place, keeper] = [await make(), await newKeeper()];
    await listGists(fresh.db, 2);
    await backUp(place, keeper);
    const kept = await newest(place);
    const other = { ...kept, tables: { ...kept.tables, submission: 3 } };
    await place.bucket.replace('backups/newest.json', bytesContent(JSON.stringify(other)), unwatched);
    const { url } = await emptyOwned();
    const { code, stderr } = await restore(place, keeper, url);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('is not what was backed up: submission (3 in the backup, 2 restored).'),
    ]);
  });

  test('a role that may not read everything makes no backup', async () => {
    const [place, keeper] = [await make(), await newKeeper()];
    const { code, stderr } = await backUp(place, keeper, { DATABASE_URL: fresh.as.jobs.url });
    expect([code, stderr.split('\n').at(-2)]).toEqual([1, expect.stringContaining('permission denied')]);
    expect(await place.bucket.find('backups/newest.json')).toBeNull();
  });

  test('before the first backup there is nothing to restore', async () => {
    const [place, keeper] = [await make(), await newKeeper()];
    const { url } = await emptyOwned();
    const { code, stderr } = await restore(place, keeper, url);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('restore: There is no backups/newest.json in '),
    ]);
  });
});

test.each([
  [[], { DATABASE_URL: '' }, 'backup: DATABASE_URL is not set. Set it, see .env.example.\n'],
  [[], { BACKUP_RECIPIENT: '' }, 'backup: BACKUP_RECIPIENT is not set. Set it, see .env.example.\n'],
  [[], { BACKUP_RECIPIENT: 'age1short' }, /^backup: BACKUP_RECIPIENT must be the public key/],
  [[], { BACKUP_S3_BUCKET: 'backups' }, /^backup: BACKUP_S3_BUCKET is set, but HETZNER_S3_ENDPOINT is not/],
  [[], { CI: 'true' }, /^backup: BACKUP_S3_BUCKET is not set/],
])('a backup without what it needs: one sentence', async (args, env, sentence) => {
  const keeper = await newKeeper();
  const settings = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', BACKUP_RECIPIENT: keeper.recipient };
  const ended = await endOf('backup', args, { cwd: keeper.folder, env: { ...settings, ...env } });
  expect([ended.code, ended.stdout]).toEqual([1, '']);
  expect(ended.stderr).toMatch(sentence);
});

test.each([
  [[], 'restore: --into must name the empty database.\n'],
  [['--into', 'mysql://x'], 'restore: --identity must name the file of the age identity.\n'],
  [
    ['--into', 'mysql://x', '--identity', 'x'],
    'restore: --into must look like postgres://user@host:5432/database.\n',
  ],
  [
    ['--into', 'postgres://x', '--identity', 'x', '--backup', 'yesterday'],
    'restore: --backup must be the id of a backup, such as 2026-11-22T03-15-00-000Z.\n',
  ],
])('restore %s: one sentence, exit code 2', async (args, sentence) => {
  const { folder } = await newKeeper();
  expect(await endOf('restore', args, { cwd: folder })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: sentence,
  });
});
