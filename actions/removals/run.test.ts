import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { finishRecheck, startRecheck } from '#sql/queries/rechecks.ts';
import { holdingHistory } from '#sql/queries/snapshots.ts';
import { realServer } from '#sql/testing.ts';
import { freshIndex } from '#sql/testing-index.ts';
import { gistIdOf, listGists, putBack, takeOut } from '#sql/testing-rows.ts';
import type { Bucket } from '../bucket/bucket.ts';
import { bytesContent } from '../bucket/content.ts';
import { places, s3Place, standin, textAt, unwatched } from '../bucket/testing.ts';
import { exportTo, outputFolder } from '../export/testing.ts';
import { failureSentence } from '../failure-sentence.ts';
import { published, publishTo, setBack, strangerReads } from '../publish/testing.ts';
import { report } from './report.ts';
import { refreshAt } from './testing.ts';

const fresh = freshIndex();
beforeEach(async () => {
  await fresh.db.query('delete from recheck_run');
  await listGists(fresh.db, 4);
});

async function publishNow(output: string, place: Parameters<typeof publishTo>[2]): Promise<string> {
  const exported = await exportTo(fresh.db, output, { now: () => new Date() });
  if (exported.kind !== 'exported') throw new Error(exported.kind);
  await publishTo(fresh.db, output, place);
  return exported.manifest.snapshot_id;
}

async function failure(work: Promise<{ kind: string }>): Promise<string | null> {
  return work.then(
    ({ kind }) => `It ended: ${kind}.`,
    (error) => failureSentence(error),
  );
}

describe.each(places)('on a $name', ({ make }) => {
  test('departures since the snapshot are added, and the status tells of them', async () => {
    const [output, place] = [outputFolder(), await make()];
    await takeOut(fresh.db, 1, 'withdrawn');
    const id = await publishNow(output, place);
    const own = await textAt(place.bucket, `snapshots/${id}/removed.ndjson`);
    await takeOut(fresh.db, 2, 'suspended', 'policy');

    expect(await refreshAt(fresh.db, output, place)).toMatchObject({ kind: 'refreshed', added: true });
    const removed = (await textAt(place.bucket, 'latest/removed.ndjson')) ?? '';
    expect(removed.startsWith(own ?? 'none')).toBe(true);
    const read = await strangerReads(place);
    expect(read?.removed.map((line) => line.gist_id)).toEqual([gistIdOf(1), gistIdOf(2)]);
    expect(read?.status).toEqual({
      schema_version: '1.0.0',
      generated_at: '2026-03-02T00:00:00.000Z',
      snapshot_id: id,
      log_seq: 10,
      counts: { listed: 2, suspended: 1, departed: 1 },
      last_recheck: null,
      removed: {
        sha256: createHash('sha256').update(removed).digest('hex'),
        bytes: Buffer.byteLength(removed),
        lines: 2,
      },
    });
    // Nothing else is touched.
    expect(read).toMatchObject({ id, rows: 3 });
    expect(await textAt(place.bucket, 'latest/submissions.ndjson')).toBe(
      read?.files.get('submissions.ndjson'),
    );

    expect(await refreshAt(fresh.db, output, place)).toMatchObject({ kind: 'refreshed', added: false });
  });

  test('what comes back stays a line, and the next snapshot has all of them', async () => {
    const [output, place] = [outputFolder(), await make()];
    await publishNow(output, place);
    await takeOut(fresh.db, 1, 'suspended');
    await refreshAt(fresh.db, output, place);
    await putBack(fresh.db, 1);
    await takeOut(fresh.db, 2, 'gone');
    await refreshAt(fresh.db, output, place);
    const hourly = await textAt(place.bucket, 'latest/removed.ndjson');
    const id = await publishNow(output, place);
    expect(await textAt(place.bucket, `snapshots/${id}/removed.ndjson`)).toBe(hourly);
    expect((await strangerReads(place))?.removed).toHaveLength(2);
  });

  test('before the first snapshot there is a status, of none', async () => {
    const [output, place] = [outputFolder(), await make()];
    await refreshAt(fresh.db, output, place);
    const status = JSON.parse((await textAt(place.bucket, 'latest/status.json')) ?? '');
    expect(status).toMatchObject({
      snapshot_id: null,
      counts: { listed: 4 },
      removed: { lines: 0, bytes: 0 },
    });
  });

  test('lines in the bucket that this database does not have: a sentence, nothing overwritten', async () => {
    const [output, place] = [outputFolder(), await make()];
    await takeOut(fresh.db, 1, 'withdrawn');
    await refreshAt(fresh.db, output, place);
    const ours = await textAt(place.bucket, 'latest/removed.ndjson');
    for (const theirs of [`${ours}{"seq":99}\n`, '{"seq":1}\n', `x${ours?.slice(1)}`]) {
      await place.bucket.replace('latest/removed.ndjson', bytesContent(theirs), unwatched);
      const before = await textAt(place.bucket, 'latest/status.json');
      for (const dryRun of [true, false]) {
        expect(await failure(refreshAt(fresh.db, output, place, { dryRun }))).toMatch(
          /^latest\/removed\.ndjson in the .+ holds lines that this database's departures do not begin with/,
        );
      }
      expect(await textAt(place.bucket, 'latest/removed.ndjson')).toBe(theirs);
      expect(await textAt(place.bucket, 'latest/status.json')).toBe(before);
    }
  });

  test('a database that was set back gives no log number to a departure that readers know as another’s', async () => {
    const [output, place] = [outputFolder(), await make()];
    const first = await publishNow(output, place);
    await listGists(fresh.db, 1, 5);
    const second = await publishNow(output, place);
    await setBack(fresh.db, place, first, 4);
    await takeOut(fresh.db, 1, 'withdrawn');
    for (const dryRun of [true, false]) {
      expect(await failure(refreshAt(fresh.db, output, place, { dryRun }))).toMatch(
        new RegExp(
          `^latest in the .+ is ${second}, a snapshot this database never made\\. .+ or this one was set`,
        ),
      );
    }
    expect(await textAt(place.bucket, 'latest/removed.ndjson')).toBe('');
    expect(await place.bucket.find('latest/status.json')).toBeNull();
  });

  test('lines that something else writes meanwhile stay: a sentence', async () => {
    const [output, place] = [outputFolder(), await make()];
    await takeOut(fresh.db, 1, 'withdrawn');
    const { bucket } = place;
    const late: Bucket = {
      title: bucket.title,
      publicPlace: bucket.publicPlace,
      check: () => bucket.check(),
      find: (key) => bucket.find(key),
      readPublic: (key) => bucket.readPublic(key),
      create: (...args) => bucket.create(...args),
      replace: (...args) => bucket.replace(...args),
      async read(key: string) {
        const found = await bucket.read(key);
        if (key === 'latest/removed.ndjson') await bucket.create(key, bytesContent('theirs\n'), unwatched);
        return found;
      },
    };
    expect(await failure(refreshAt(fresh.db, output, { bucket: late }))).toMatch(
      /^Something else wrote latest\/removed\.ndjson in the .+ meanwhile\./,
    );
    expect(await textAt(bucket, 'latest/removed.ndjson')).toBe('theirs\n');
    expect(await bucket.find('latest/status.json')).toBeNull();
  });

  test('a dry run writes nothing', async () => {
    const [output, place] = [outputFolder(), await make()];
    await takeOut(fresh.db, 1, 'withdrawn');
    const outcome = await refreshAt(fresh.db, output, place, { dryRun: true });
    expect(outcome).toMatchObject({ kind: 'planned', added: true });
    expect(await place.bucket.find('latest/removed.ndjson')).toBeNull();
    expect(await place.bucket.find('latest/status.json')).toBeNull();
  });

  test('a snapshot that reached the bucket before its run died is told to the history', async () => {
    const [output, place] = [outputFolder(), await make()];
    const id = await publishNow(output, place);
    await fresh.db.query('update snapshot set published_at = null');
    expect(await refreshAt(fresh.db, output, place)).toMatchObject({ finished: id });
    expect(await published(fresh.db)).toEqual([id]);
  });
});

test('the last recheck is told of', async () => {
  const [place] = await Promise.all(places.slice(0, 1).map(({ make }) => make()));
  if (place === undefined) throw new Error('There is no place.');
  const run = await startRecheck(fresh.db, { index: 1, of: 1 }, new Date('2026-03-01T10:00:00Z'));
  const counts = { checked: 4, changed: 1, renamed: 0, suspended: 2, gone: 0, restored: 3, held: 0 };
  const ended = { ...counts, failed: 5, apiCalls: 9 };
  await finishRecheck(fresh.db, run, {
    finishedAt: new Date('2026-03-01T11:00:00Z'),
    outcome: 'done',
    counts: ended,
  });
  const outcome = await refreshAt(fresh.db, outputFolder(), place);
  if (outcome.kind !== 'refreshed') throw new Error(outcome.kind);
  expect(outcome.status.last_recheck).toEqual({
    finished_at: '2026-03-01T11:00:00.000Z',
    checked: 4,
    changed: 1,
    suspended: 2,
    gone: 0,
    restored: 3,
    failed: 5,
  });
  const told = report(outcome, place.bucket);
  expect(told.ok && told.lines).toContain('Last recheck: 2026-03-01T11:00:00.000Z, 4 checked');
});

test('a status that strangers cannot read is no status: a sentence', async () => {
  const service = await standin();
  const place = s3Place(service.bucket('openagentsessions'));
  service.faults.set('private');
  expect(await failure(refreshAt(fresh.db, outputFolder(), place))).toMatch(
    /^latest\/status\.json is in the bucket openagentsessions, but strangers cannot read it at http/,
  );
});

test.skipIf(!realServer)('while another job holds the history it waits, and then gives up', async () => {
  const place = s3Place((await standin()).bucket('openagentsessions'));
  const output = outputFolder();
  let waited = 0;
  await holdingHistory(fresh.db, async () => {
    const progress = () => {
      waited += 1;
    };
    const patience = { tries: 3, pause: 1 };
    expect(await refreshAt(fresh.db, output, place, { progress, patience })).toEqual({ kind: 'busy' });
  });
  expect(waited).toBe(3);
  expect(report({ kind: 'busy' }, place.bucket)).toMatchObject({ ok: false });
  expect(await refreshAt(fresh.db, output, place)).toMatchObject({ kind: 'refreshed' });
});
