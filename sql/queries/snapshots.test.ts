import { expect, test } from 'vitest';
import { schemaVersion } from '#domain/snapshot.ts';
import { realServer } from '../testing.ts';
import { freshIndex } from '../testing-index.ts';
import {
  abandonSnapshot,
  holdingHistory,
  lastExportedAt,
  newestPublishedSnapshot,
  newestSnapshot,
  recordSnapshot,
} from './snapshots.ts';

const fresh = freshIndex();

/** Records a snapshot of this day of March 2026. */
async function record(day: number): Promise<string> {
  const time = `2026-03-0${day}T00:00:00.000Z`;
  const id = time.replace(/[:.]/g, '-');
  await recordSnapshot(fresh.db, {
    schema_version: schemaVersion,
    generated_at: time,
    record_count: day,
    latest_dir: 'latest',
    snapshot_dir: `snapshots/${id}`,
    snapshot_id: id,
    previous_snapshot: null,
    log_seq: day * 10,
    verified_from: '2026-02-01T00:00:00.000Z',
    verified_to: null,
    changes: {},
    files: {},
  });
  return id;
}

const publish = (id: string) =>
  fresh.db.query('update snapshot set published_at = now() where id = $1', [id]);

test('an empty history has no newest snapshot', async () => {
  expect(await newestSnapshot(fresh.db)).toBeNull();
  expect(await newestPublishedSnapshot(fresh.db)).toBeNull();
  expect(await lastExportedAt(fresh.db)).toBeNull();
});

test('a recorded snapshot is read back, unpublished', async () => {
  const id = await record(1);
  expect(await newestSnapshot(fresh.db)).toEqual({
    id,
    logSeq: 10,
    schemaVersion,
    recordCount: 1,
    verifiedFrom: new Date('2026-02-01T00:00:00Z'),
    published: false,
  });
});

test('abandoned snapshots are passed over, but their time is not used again', async () => {
  const [first, second] = [await record(1), await record(2)];
  await abandonSnapshot(fresh.db, second);
  expect((await newestSnapshot(fresh.db))?.id).toBe(first);
  expect(await lastExportedAt(fresh.db)).toEqual(new Date('2026-03-02T00:00:00Z'));
  await expect(record(2)).rejects.toThrow(/duplicate key/);
});

test('the newest published snapshot is the newest of those published, in whatever order they were', async () => {
  const [first, second] = [await record(1), await record(2), await record(3)];
  await publish(second);
  await publish(first);
  expect((await newestPublishedSnapshot(fresh.db))?.id).toBe(second);
});

test('a published snapshot cannot be abandoned', async () => {
  const id = await record(1);
  await publish(id);
  await abandonSnapshot(fresh.db, id);
  expect((await newestSnapshot(fresh.db))?.id).toBe(id);
});

test.skipIf(!realServer)(
  'the history is held by one at a time, and let go in the end and on failure',
  async () => {
    const held = await holdingHistory(
      fresh.db,
      async () => await holdingHistory(fresh.db, async () => 'both'),
    );
    expect(held).toBeNull();
    await expect(holdingHistory(fresh.db, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await holdingHistory(fresh.db, async () => 'free')).toBe('free');
  },
);
