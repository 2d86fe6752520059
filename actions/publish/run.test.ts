import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshIndex } from '#sql/testing-index.ts';
import { gistIdOf, listGists, takeOut } from '#sql/testing-rows.ts';
import { bytesContent } from '../bucket/content.ts';
import { places, textAt, unwatched } from '../bucket/testing.ts';
import { exportTo, outputFolder } from '../export/testing.ts';
import { isWhole } from '../export/whole.ts';
import { failureSentence } from '../failure-sentence.ts';
import { refreshAt } from '../removals/testing.ts';
import { otherHistory } from './append-only.ts';
import { report } from './report.ts';
import type { Outcome } from './run.ts';
import { exportedFile, published, publishTo, setBack, strangerReads } from './testing.ts';

const fresh = freshIndex();
beforeEach(() => listGists(fresh.db, 3));

async function exportedId(output: string): Promise<string> {
  const outcome = await exportTo(fresh.db, output, { now: () => new Date() });
  if (outcome.kind !== 'exported') throw new Error(`The export ended ${outcome.kind}.`);
  return outcome.manifest.snapshot_id;
}

/** What the operator reads of a run that would not, or could not. */
async function sentence(work: Promise<Outcome>): Promise<string | null> {
  try {
    const result = report(await work, { title: 'the bucket', publicPlace: 'https://…' }, 'OUTPUT', 1);
    return result.ok ? `It went well: ${result.lines.join(' ')}` : result.sentence;
  } catch (error) {
    return failureSentence(error);
  }
}

describe.each(places)('to a $name', ({ make }) => {
  test('nothing exported, nothing to publish', async () => {
    expect(await publishTo(fresh.db, outputFolder(), await make())).toEqual({ kind: 'nothing', id: null });
  });

  test('a snapshot is published once, and the next one follows it', async () => {
    const [output, place] = [outputFolder(), await make()];
    const first = await exportedId(output);
    expect(await publishTo(fresh.db, output, place)).toMatchObject({ kind: 'published', found: 0 });
    const read = await strangerReads(place);
    expect(read).toMatchObject({ id: first, previous: null, rows: 3, removed: [], status: null });
    expect(await published(fresh.db)).toEqual([first]);
    expect(await publishTo(fresh.db, output, place)).toEqual({ kind: 'nothing', id: first });

    await takeOut(fresh.db, 2, 'withdrawn');
    const second = await exportedId(output);
    await publishTo(fresh.db, output, place);
    expect(await strangerReads(place)).toMatchObject({
      id: second,
      previous: first,
      rows: 2,
      removed: [{ gist_id: gistIdOf(2) }],
    });
    expect(await published(fresh.db)).toEqual([first, second]);
    expect(await textAt(place.bucket, `snapshots/${first}/manifest.json`)).toBe(
      read?.files.get('manifest.json'),
    );
    for (const name of ['urls.txt', 'submissions.ndjson', 'changes.ndjson', 'SHA256SUMS']) {
      const own = await textAt(place.bucket, `snapshots/${second}/${name}`);
      expect(await textAt(place.bucket, `latest/${name}`)).toBe(own);
    }
  });

  test('a dry run says what would be sent, and writes nothing', async () => {
    const [output, place] = [outputFolder(), await make()];
    const id = await exportedId(output);
    const outcome = await publishTo(fresh.db, output, place, { dryRun: true });
    if (outcome.kind !== 'planned') throw new Error(outcome.kind);
    expect(outcome.latest).toBeNull();
    expect(outcome.files.map(({ key }) => key)).toContain(`snapshots/${id}/submissions.ndjson`);
    expect(outcome.files.every(({ there }) => !there)).toBe(true);
    expect(await strangerReads(place)).toBeNull();
    expect(await place.bucket.find(`snapshots/${id}/SHA256SUMS`)).toBeNull();
    expect(await published(fresh.db)).toEqual([]);
  });

  test('a file that is not what the manifest says: nothing is sent', async () => {
    const [output, place] = [outputFolder(), await make()];
    const id = await exportedId(output);
    appendFileSync(exportedFile(output, id, 'submissions.ndjson'), 'one more\n');
    expect(await sentence(publishTo(fresh.db, output, place))).toBe(
      `The files of snapshot ${id} in OUTPUT are not what its manifest says, or not there. Run npm run dataset:export, which gives it up and makes another, then this again.`,
    );
    expect(await place.bucket.find(`snapshots/${id}/SHA256SUMS`)).toBeNull();
  });

  test('a snapshot of this id with other bytes is there: nothing is overwritten', async () => {
    const [output, place] = [outputFolder(), await make()];
    const id = await exportedId(output);
    await place.bucket.create(`snapshots/${id}/SHA256SUMS`, bytesContent('other sums\n'), unwatched);
    expect(await sentence(publishTo(fresh.db, output, place))).toMatch(
      new RegExp(
        `^snapshots/${id}/SHA256SUMS in the .+ holds other bytes .+ Nothing was overwritten\\..+npm run dataset:export`,
      ),
    );
    expect(await textAt(place.bucket, `snapshots/${id}/SHA256SUMS`)).toBe('other sums\n');
    expect(await strangerReads(place)).toBeNull();
    expect(await place.bucket.find(`snapshots/${id}/urls.txt`)).toBeNull();

    // As the sentence says.
    rmSync(exportedFile(output, id, ''), { recursive: true });
    const next = await exportedId(output);
    await publishTo(fresh.db, output, place);
    expect(await strangerReads(place)).toMatchObject({ id: next });
  });

  test('the bucket is another snapshot’s: nothing is written', async () => {
    const [output, place, elsewhere] = [outputFolder(), await make(), await make()];
    const first = await exportedId(output);
    await publishTo(fresh.db, output, place);
    await takeOut(fresh.db, 1, 'withdrawn');
    const second = await exportedId(output);
    expect(await sentence(publishTo(fresh.db, output, elsewhere))).toBe(
      `Snapshot ${second} follows ${first}, but there is none in the bucket. Correct the bucket; or, if this one is to begin empty, run this again with --empty-bucket.`,
    );
    await publishTo(fresh.db, output, place);
    await fresh.db.query('update snapshot set published_at = null where id = $1', [second]);
    await fresh.db.query('update snapshot set log_seq = log_seq + 1 where id = $1', [second]);
    rmSync(exportedFile(output, second, ''), { recursive: true });
    const third = await exportedId(output);
    expect(await sentence(publishTo(fresh.db, output, place))).toBe(
      `latest in the bucket is ${second}, not ${first}, which snapshot ${third} follows. ${otherHistory} Nothing was written.`,
    );
    expect(await strangerReads(place)).toMatchObject({ id: second });
    expect(await place.bucket.find(`snapshots/${third}/SHA256SUMS`)).toBeNull();
  });

  test('a bucket that begins empty gets the newest snapshot, when told so', async () => {
    const [output, place, elsewhere] = [outputFolder(), await make(), await make()];
    const id = await exportedId(output);
    await publishTo(fresh.db, output, place);
    expect(await sentence(publishTo(fresh.db, output, elsewhere))).toMatch(
      /was published, but there is none/,
    );
    expect(await sentence(publishTo(fresh.db, outputFolder(), elsewhere, { emptyBucket: true }))).toBe(
      `There is none in the bucket yet, and the files of snapshot ${id}, which was published before, are not whole in OUTPUT. Run npm run dataset:export; where it makes no other, because nothing changed, bring them there by npm run dataset:fetch or from their release. Then run this again.`,
    );
    const outcome = await publishTo(fresh.db, output, elsewhere, { emptyBucket: true });
    expect(outcome).toMatchObject({ kind: 'published' });
    expect(await strangerReads(elsewhere)).toMatchObject({ id });
    expect(await published(fresh.db)).toEqual([id]);
  });

  test('published by a run that died before the history heard of it: the next run tells it, with the files or without', async () => {
    const [output, place] = [outputFolder(), await make()];
    const id = await exportedId(output);
    await publishTo(fresh.db, output, place);
    await fresh.db.query('update snapshot set published_at = null');
    expect(await publishTo(fresh.db, output, place, { dryRun: true })).toEqual({ kind: 'finished', id });
    expect(await published(fresh.db)).toEqual([]);
    expect(await publishTo(fresh.db, output, place)).toEqual({ kind: 'finished', id });
    await fresh.db.query('update snapshot set published_at = null');
    expect(await publishTo(fresh.db, outputFolder(), place)).toEqual({ kind: 'finished', id });
    expect(await published(fresh.db)).toEqual([id]);
  });

  test('so too after an export has given it up, and what was exported since gives way', async () => {
    const [output, place] = [outputFolder(), await make()];
    const id = await exportedId(output);
    await publishTo(fresh.db, output, place);
    await fresh.db.query('update snapshot set published_at = null');
    const elsewhere = outputFolder();
    await takeOut(fresh.db, 1, 'withdrawn');
    const late = await exportedId(elsewhere);
    expect(await sentence(publishTo(fresh.db, elsewhere, place))).toBe(
      `An earlier run had published snapshot ${id} before it died; the history knows it now. Snapshot ${late} tells of changes since an older one, and is given up: run npm run dataset:export, then this again.`,
    );
    const next = await exportedId(elsewhere);
    await publishTo(fresh.db, elsewhere, place);
    expect(await strangerReads(place)).toMatchObject({ id: next, previous: id });
    expect(await published(fresh.db)).toEqual([id, next]);
  });

  test('departures that came to the bucket since the export stay', async () => {
    const [output, place] = [outputFolder(), await make()];
    await takeOut(fresh.db, 1, 'withdrawn');
    await exportedId(output);
    await takeOut(fresh.db, 2, 'withdrawn');
    await refreshAt(fresh.db, output, place);
    const later = await textAt(place.bucket, 'latest/removed.ndjson');
    expect(await publishTo(fresh.db, output, place)).toMatchObject({ kind: 'published' });
    expect(await textAt(place.bucket, 'latest/removed.ndjson')).toBe(later);
    const gone = [{ gist_id: gistIdOf(1) }, { gist_id: gistIdOf(2) }];
    expect(await strangerReads(place)).toMatchObject({ rows: 2, removed: gone });
  });

  test('a database that was set back does not list again what has left', async () => {
    const [output, place] = [outputFolder(), await make()];
    const first = await exportedId(output);
    await publishTo(fresh.db, output, place);
    await takeOut(fresh.db, 1, 'withdrawn');
    await refreshAt(fresh.db, output, place);
    const before = await strangerReads(place);
    await setBack(fresh.db, place, first, 3);
    await listGists(fresh.db, 1, 4);
    await exportedId(output);
    for (const dryRun of [true, false]) {
      expect(await sentence(publishTo(fresh.db, output, place, { dryRun }))).toMatch(
        /^latest\/removed\.ndjson in the .+ holds lines that this database's departures do not begin with/,
      );
    }
    expect(await strangerReads(place)).toEqual(before);
  });

  test('a database that was set back publishes nothing, and begins anew elsewhere as the runbook says', async () => {
    const [output, place, elsewhere] = [outputFolder(), await make(), await make()];
    const first = await exportedId(output);
    await publishTo(fresh.db, output, place);
    await takeOut(fresh.db, 1, 'withdrawn');
    const second = await exportedId(output);
    await publishTo(fresh.db, output, place);
    await refreshAt(fresh.db, output, place);
    const before = await strangerReads(place);

    await setBack(fresh.db, place, first, 3);
    expect(await sentence(publishTo(fresh.db, output, place, { dryRun: true }))).toBe(
      `latest in the bucket is ${second}, not ${first}. ${otherHistory} Nothing was written.`,
    );
    await fresh.db.query('update log_head set seq = greatest(seq, $1)', [before?.status?.log_seq]);
    await takeOut(fresh.db, 1, 'removed');
    const third = await exportedId(output);
    expect(await publishTo(fresh.db, output, elsewhere, { emptyBucket: true })).toMatchObject({
      kind: 'published',
    });
    await refreshAt(fresh.db, output, elsewhere);
    const after = await strangerReads(elsewhere);
    expect(after).toMatchObject({ id: third, previous: first, rows: 2, removed: [{ gist_id: gistIdOf(1) }] });
    expect(after?.removed[0]?.seq).toBeGreaterThan(before?.removed.at(-1)?.seq ?? 0);
    expect(await strangerReads(place)).toEqual(before);
  });

  test('departures of another database are not overwritten', async () => {
    const [output, place] = [outputFolder(), await make()];
    await takeOut(fresh.db, 1, 'withdrawn');
    const id = await exportedId(output);
    await place.bucket.replace('latest/removed.ndjson', bytesContent('{"seq":1}\n'), unwatched);
    expect(await sentence(publishTo(fresh.db, output, place))).toMatch(
      /^latest\/removed\.ndjson in the .+ holds lines that this database's departures do not begin with/,
    );
    expect(await textAt(place.bucket, 'latest/removed.ndjson')).toBe('{"seq":1}\n');
    expect(await place.bucket.find(`snapshots/${id}/SHA256SUMS`)).toBeNull();
  });

  test('a latest/manifest.json that is none is left alone', async () => {
    const [output, place] = [outputFolder(), await make()];
    await exportedId(output);
    for (const text of ['{}', '<html>', '']) {
      await place.bucket.replace('latest/manifest.json', bytesContent(text), unwatched);
      expect(await sentence(publishTo(fresh.db, output, place))).toMatch(
        /^latest\/manifest\.json in the .+ is no manifest of a snapshot, and is left alone\./,
      );
      expect(await textAt(place.bucket, 'latest/manifest.json')).toBe(text);
    }
  });

  test('a stop ends it between two files, and the next run goes on', async () => {
    const [output, place] = [outputFolder(), await make()];
    const id = await exportedId(output);
    const stop = new AbortController();
    const tally = (done: number) => {
      if (done > 1000) stop.abort(new Error('stopped'));
    };
    const stopped = publishTo(fresh.db, output, place, { tally, signal: stop.signal });
    await expect(stopped).rejects.toThrow('stopped');
    expect(await strangerReads(place)).toBeNull();
    expect(await publishTo(fresh.db, output, place)).toMatchObject({ kind: 'published' });
    expect(await strangerReads(place)).toMatchObject({ id });
  });
});

test('a manifest that names a file of another folder is not followed', async () => {
  const output = outputFolder();
  const id = await exportedId(output);
  const path = exportedFile(output, id, 'manifest.json');
  const sums = exportedFile(output, id, 'SHA256SUMS');
  const described = JSON.parse(readFileSync(path, 'utf8'));
  const lock = { sha256: sha256(readFileSync(join(output, '.lock'))), bytes: 0 };
  described.files['../../.lock'] = lock;
  const text = JSON.stringify(described);
  const sumLines = readFileSync(sums, 'utf8').replace(/^.*manifest\.json\n/m, '');
  writeFileSync(path, text);
  writeFileSync(sums, `${sumLines}${lock.sha256}  ../../.lock\n${sha256(text)}  manifest.json\n`);
  expect(await isWhole(exportedFile(output, id, ''), id)).toBe(false);
  const [place] = places;
  if (place === undefined) throw new Error('There is no place.');
  expect(await publishTo(fresh.db, output, await place.make())).toMatchObject({ why: 'not_here' });
});

const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');
