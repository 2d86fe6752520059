import { beforeEach, expect, test } from 'vitest';
import { schemaVersion } from '#domain/snapshot.ts';
import { freshIndex } from '../testing-index.ts';
import { gistIdOf, listGists, takeOut } from '../testing-rows.ts';
import { recordBackup } from './backup.ts';
import { finishRecheck, nothingCounted, startRecheck } from './rechecks.ts';
import { recordSnapshot } from './snapshots.ts';
import { readVitals } from './vitals.ts';

const fresh = freshIndex();
beforeEach(() => fresh.db.query('delete from recheck_run'));

async function publish(id: string, logSeq: number, listed: number): Promise<void> {
  await recordSnapshot(fresh.db, {
    schema_version: schemaVersion,
    generated_at: '2026-03-01T00:00:00.000Z',
    record_count: listed,
    latest_dir: 'latest',
    snapshot_dir: `snapshots/${id}`,
    snapshot_id: id,
    previous_snapshot: null,
    log_seq: logSeq,
    verified_from: null,
    verified_to: null,
    changes: {},
    files: {},
  });
  await fresh.db.query("update snapshot set published_at = '2026-03-02T00:00:00Z' where id = $1", [id]);
}

test('of an empty index there is nothing', async () => {
  expect(await readVitals(fresh.db)).toEqual({
    recheckedAt: null,
    snapshot: null,
    unpublishedSince: null,
    waiting: 0,
    waitingSince: null,
    backedUpAt: null,
    listed: 0,
  });
});

test('before the first snapshot all changes are unpublished', async () => {
  await listGists(fresh.db, 2);
  expect((await readVitals(fresh.db)).unpublishedSince).toEqual(new Date('2026-01-01T00:01:00Z'));
});

test('changes that the published snapshot has seen are published, later ones are not', async () => {
  await listGists(fresh.db, 2);
  const id = '2026-03-01T00-00-00-000Z';
  await publish(id, 4, 2);
  expect(await readVitals(fresh.db)).toMatchObject({
    snapshot: { id, publishedAt: new Date('2026-03-02T00:00:00Z') },
    unpublishedSince: null,
    listed: 2,
  });
  await takeOut(fresh.db, 1, 'withdrawn');
  await takeOut(fresh.db, 2, 'withdrawn');
  const { rows } = await fresh.db.query("select min(at) as at from moderation_log where kind = 'withdrawn'");
  expect((await readVitals(fresh.db)).unpublishedSince).toEqual(rows[0]?.at);
});

test('rows that wait are counted, and the one that waits longest is told', async () => {
  await listGists(fresh.db, 3);
  await fresh.db.query(
    `update submission set state = 'pending', presence = 'never', approved_at = null, approved_revision = null,
            waiting_since = case gist_id when $1 then timestamptz '2026-02-01Z' else '2026-02-02Z' end
      where gist_id in ($1, $2)`,
    [gistIdOf(1), gistIdOf(2)],
  );
  expect(await readVitals(fresh.db)).toMatchObject({
    waiting: 2,
    waitingSince: new Date('2026-02-01T00:00:00Z'),
  });
});

test('the newest backup is the one that counts, for whoever answers as the site', async () => {
  const made = { dump: { sha256: '', bytes: 7 }, log_seq: 3, tables: { account: 2, submission: 3 } };
  for (const day of [2, 1]) {
    const finishedAt = new Date(Date.UTC(2026, 2, day));
    await recordBackup(fresh.as.backup.db, { ...made, backup_id: `of day ${day}` }, finishedAt);
  }
  expect((await readVitals(fresh.as.site.db)).backedUpAt).toEqual(new Date('2026-03-02T00:00:00Z'));
});

test('the newest recheck that did its work is the one that counts', async () => {
  const at = (hour: number) => new Date(`2026-03-01T0${hour}:00:00Z`);
  for (const [hour, outcome] of [
    [1, 'done'],
    [2, 'down'],
  ] as const) {
    const id = await startRecheck(fresh.db, { index: 1, of: 1 }, at(hour));
    await finishRecheck(fresh.db, id, { finishedAt: at(hour), outcome, counts: nothingCounted() });
  }
  expect((await readVitals(fresh.db)).recheckedAt).toEqual(at(1));
});
