import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { backup } from '#domain/backup.ts';
import { realServer } from '#sql/testing.ts';
import { freshIndex } from '#sql/testing-index.ts';
import { listGists } from '#sql/testing-rows.ts';
import type { Bucket } from '../bucket/bucket.ts';
import { places, textAt } from '../bucket/testing.ts';
import { JobFailure } from '../failure.ts';
import { run } from './run.ts';
import { newKeeper } from './testing.ts';

const fresh = freshIndex();
beforeEach(() => fresh.db.query('truncate backup_run'));

/** What the database remembers of its backups. */
async function remembered() {
  const { rows } = await fresh.db.query('select * from backup_run order by id');
  return rows;
}

/** A bucket that answers so often and then no more. */
function dyingAfter(count: number, bucket: Bucket, changes: Partial<Bucket> = {}): Bucket {
  let left = count;
  const step =
    <Args extends unknown[], Answer>(ask: (...args: Args) => Promise<Answer>) =>
    (...args: Args): Promise<Answer> =>
      left-- > 0 ? ask(...args) : Promise.reject(new Error('died'));
  return {
    title: bucket.title,
    publicPlace: bucket.publicPlace,
    check: step(() => bucket.check()),
    find: step((key) => bucket.find(key)),
    read: step((key) => bucket.read(key)),
    readPublic: async () => null,
    create: step((...args) => bucket.create(...args)),
    replace: step((...args) => bucket.replace(...args)),
    ...changes,
  };
}

async function backUp(bucket: Bucket, recipient: string, day: number, path = process.env.PATH) {
  return run(
    { databaseUrl: fresh.as.backup.url, recipients: [recipient] },
    {
      db: fresh.as.backup.db,
      bucket,
      env: { PATH: path },
      now: () => new Date(Date.UTC(2026, 10, day)),
      progress: () => undefined,
      signal: new AbortController().signal,
    },
  );
}

describe.skipIf(!realServer).each(places)('on $name', ({ make }) => {
  test('whatever a backup dies of, the newest one stays the one before', async () => {
    const [{ bucket }, { recipient }] = [await make(), await newKeeper()];
    await listGists(fresh.db, 1);
    await backUp(dyingAfter(100, bucket), recipient, 1);
    const before = await textAt(bucket, 'backups/newest.json');
    let deaths = 0;
    for (; ; deaths += 1) {
      const outcome: unknown = await backUp(dyingAfter(deaths, bucket), recipient, 2 + deaths).catch(
        (error: unknown) => error,
      );
      if (!(outcome instanceof Error)) break;
      expect(outcome.message).toBe('died');
      expect(await textAt(bucket, 'backups/newest.json')).toBe(before);
      expect(await remembered()).toHaveLength(1);
    }
    expect(deaths).toBe(5);
    const newest = await textAt(bucket, 'backups/newest.json');
    expect(newest).not.toBe(before);
    const made = [before, newest].map((text) => backup.parse(JSON.parse(text ?? '')));
    expect(await remembered()).toEqual(
      made.map(({ backup_id, begun_at, dump, tables, log_seq }) => ({
        id: backup_id,
        finished_at: new Date(begun_at),
        bytes: String(dump.bytes),
        row_count: String(Object.values(tables).reduce((sum, count) => sum + count)),
        log_seq: String(log_seq),
      })),
    );
  });

  test('one that everybody can read, or that comes back as other bytes, is none', async () => {
    const [{ bucket }, { recipient }] = [await make(), await newKeeper()];
    const open = dyingAfter(100, bucket, { readPublic: async () => Buffer.from('{}') });
    await expect(backUp(open, recipient, 1)).rejects.toThrow(/^Everybody can read backups\/2026-11-01/);
    const read: Bucket['read'] = async (key) => {
      const file = await bucket.read(key);
      return file && { ...file, body: (async function* () {})() };
    };
    const forgetful = dyingAfter(100, bucket, { read });
    await expect(backUp(forgetful, recipient, 2)).rejects.toThrow(/gives other bytes back than it was sent/);
    expect(await bucket.find('backups/newest.json')).toBeNull();
  });

  test('without pg_dump, or with one that fails, nothing is kept', async () => {
    const [{ bucket }, { recipient, folder }] = [await make(), await newKeeper()];
    await expect(backUp(bucket, recipient, 1, folder)).rejects.toThrow(/^pg_dump is missing\./);
    const program = join(folder, 'pg_dump');
    writeFileSync(
      program,
      '#!/bin/sh\necho half a dump\necho "pg_dump: error: server version mismatch" >&2\nexit 1\n',
    );
    chmodSync(program, 0o755);
    await expect(backUp(bucket, recipient, 1, folder)).rejects.toThrow(
      'pg_dump failed: server version mismatch. Nothing was kept; put that right, then run this again.',
    );
    expect(await bucket.find('backups/newest.json')).toBeNull();
  });

  test('one is not written over by another of the same moment', async () => {
    const [{ bucket }, { recipient }] = [await make(), await newKeeper()];
    const first = await backUp(dyingAfter(100, bucket), recipient, 1);
    await expect(backUp(dyingAfter(100, bucket), recipient, 1)).rejects.toThrow(JobFailure);
    expect(await textAt(bucket, 'backups/newest.json')).toContain(first.dump.sha256);
  });
});
