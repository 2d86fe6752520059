import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshIndex } from '#sql/testing-index.ts';
import { listGists, takeOut } from '#sql/testing-rows.ts';
import { bytesContent } from '../bucket/content.ts';
import { type Place, places, s3Place, standin, textAt, unwatched } from '../bucket/testing.ts';
import { exportTo, outputFolder, readSnapshot } from '../export/testing.ts';
import { failureSentence } from '../failure-sentence.ts';
import { publishTo } from '../publish/testing.ts';
import { freePort } from '../testing.ts';
import type { BringTools } from './bring.ts';
import { report } from './report.ts';
import { type Input, type Outcome, run } from './run.ts';
import { sourceOf } from './source.ts';

const fresh = freshIndex();
beforeEach(() => listGists(fresh.db, 3));

/** Publishes what is listed now. */
async function publishNow(place: Place, output = outputFolder()): Promise<string> {
  const exported = await exportTo(fresh.db, output, { now: () => new Date() });
  if (exported.kind !== 'exported') throw new Error(exported.kind);
  await publishTo(fresh.db, output, place);
  return exported.manifest.snapshot_id;
}

function fetchFrom(
  { bucket }: Pick<Place, 'bucket'>,
  output: string,
  options: Partial<Input> & Partial<BringTools> = {},
): Promise<Outcome> {
  const { force = false, ...tools } = options;
  return run(
    { output, force },
    {
      source: sourceOf(bucket.publicPlace),
      tally: () => undefined,
      signal: new AbortController().signal,
      ...tools,
    },
  );
}

async function sentence(work: Promise<Outcome>): Promise<string | null> {
  try {
    const result = report(await work, 'OUTPUT', 'PLACE');
    return result.ok ? `It went well: ${result.lines.join(' ')}` : result.sentence;
  } catch (error) {
    return failureSentence(error);
  }
}

/** A service whose faults can be switched, with a snapshot. */
async function faulty() {
  const service = await standin();
  const place = s3Place(service.bucket('openagentsessions'));
  const id = await publishNow(place);
  return { service, place, id };
}

describe.each(places)('from a $name', ({ make }) => {
  test('the newest snapshot is brought here whole, once, and the next one after it', async () => {
    const [place, output, here] = [await make(), outputFolder(), outputFolder()];
    const first = await publishNow(place, output);
    expect(await fetchFrom(place, here)).toMatchObject({ kind: 'fetched' });
    expect(readSnapshot(join(here, 'latest'))).toEqual(readSnapshot(join(output, 'latest')));
    expect(readlinkSync(join(here, 'latest'))).toBe(`snapshots/${first}`);
    expect(await fetchFrom(place, here)).toMatchObject({ kind: 'nothing' });

    await takeOut(fresh.db, 1, 'withdrawn');
    const second = await publishNow(place, output);
    expect(await fetchFrom(place, here)).toMatchObject({ kind: 'fetched' });
    expect(readSnapshot(join(here, 'latest')).manifest.snapshot_id).toBe(second);
    expect(readdirSync(join(here, 'snapshots')).sort()).toEqual([first, second]);
    expect(readdirSync(here).sort()).toEqual(['.lock', 'latest', 'snapshots']);
  });

  test('nothing published: a sentence with the address', async () => {
    const place = await make();
    expect(await sentence(fetchFrom(place, outputFolder()))).toBe(
      `${place.bucket.publicPlace}/latest/manifest.json is not there, or not for everybody to read. Correct the address, which ends in /dataset at the index's own, or publish first.`,
    );
  });

  test('a manifest that is none, or leads elsewhere: a sentence, nothing fetched', async () => {
    const [place, here] = [await make(), outputFolder()];
    await publishNow(place);
    const good = JSON.parse((await textAt(place.bucket, 'latest/manifest.json')) ?? '');
    const digest = { sha256: '0'.repeat(64), bytes: 1 };
    for (const bad of [
      '<html>',
      '{}',
      JSON.stringify({ ...good, snapshot_dir: 'snapshots/../../etc' }),
      JSON.stringify({ ...good, files: { ...good.files, '../../x': digest } }),
    ]) {
      await place.bucket.replace('latest/manifest.json', bytesContent(bad), unwatched);
      expect(await sentence(fetchFrom(place, here))).toMatch(
        /is no manifest of a snapshot\. Nothing was fetched/,
      );
    }
    await place.bucket.replace('latest/manifest.json', bytesContent(' '.repeat(2e6)), unwatched);
    expect(await sentence(fetchFrom(place, here))).toMatch(/is larger than such a file can be/);
    expect(readdirSync(here)).toEqual(['.lock']);
  });

  test('a file with other bytes than the manifest says, fewer or more: a sentence, and latest stays', async () => {
    const [place, here] = [await make(), outputFolder()];
    const first = await publishNow(place);
    await fetchFrom(place, here);
    await takeOut(fresh.db, 1, 'withdrawn');
    const id = await publishNow(place);
    const key = `snapshots/${id}/submissions.ndjson`;
    const good = (await textAt(place.bucket, key)) ?? '';
    for (const [bad, words] of [
      [`x${good.slice(1)}`, 'has other bytes than the manifest says'],
      [`${good}${good}`, 'goes on after the \\d+ bytes that the manifest promises'],
    ]) {
      await place.bucket.replace(key, bytesContent(bad ?? ''), unwatched);
      expect(await sentence(fetchFrom(place, here))).toMatch(
        new RegExp(`/${key} ${words}\\. It is not used;`),
      );
      expect(readlinkSync(join(here, 'latest'))).toBe(`snapshots/${first}`);
    }
    await place.bucket.replace(key, bytesContent(good), unwatched);
    await place.bucket.replace(`snapshots/${id}/SHA256SUMS`, bytesContent('none'), unwatched);
    expect(await sentence(fetchFrom(place, here))).toMatch(/SHA256SUMS does not fit the manifest/);
    expect(readlinkSync(join(here, 'latest'))).toBe(`snapshots/${first}`);
  });

  test('an older snapshot than is here is refused, unless one insists', async () => {
    const [place, output] = [await make(), outputFolder()];
    const first = await publishNow(place, output);
    await takeOut(fresh.db, 1, 'withdrawn');
    const later = await exportTo(fresh.db, output, { now: () => new Date() });
    if (later.kind !== 'exported') throw new Error(later.kind);
    const second = later.manifest.snapshot_id;
    expect(await sentence(fetchFrom(place, output))).toBe(
      `The newest snapshot at PLACE is ${first}, older than ${second}, which is here. If latest is to be set back, run this again with --force.`,
    );
    expect(readlinkSync(join(output, 'latest'))).toBe(`snapshots/${second}`);
    expect(await fetchFrom(place, output, { force: true })).toMatchObject({ kind: 'turned' });
    expect(readlinkSync(join(output, 'latest'))).toBe(`snapshots/${first}`);
  });

  test('a snapshot that is damaged here is fetched again', async () => {
    const [place, here] = [await make(), outputFolder()];
    const id = await publishNow(place);
    await fetchFrom(place, here);
    appendFileSync(join(here, 'snapshots', id, 'urls.txt'), 'one more\n');
    expect(await fetchFrom(place, here)).toMatchObject({ kind: 'fetched' });
    readSnapshot(join(here, 'latest'));
  });

  test('stopped in the middle, the next run goes on with what is here', async () => {
    const [place, here] = [await make(), outputFolder()];
    const id = await publishNow(place);
    const stop = new AbortController();
    const tally = (done: number) => {
      if (done > 1000) stop.abort(new Error('stopped'));
    };
    await expect(fetchFrom(place, here, { tally, signal: stop.signal })).rejects.toThrow('stopped');
    expect(readdirSync(here)).not.toContain('latest');
    const urls = join(here, `.fetch-${id}`, 'urls.txt');
    const whole = readFileSync(urls, 'utf8');
    writeFileSync(urls, whole.slice(0, 20));
    mkdirSync(join(here, '.fetch-2020-01-01T00-00-00-000Z'));
    let first: number | undefined;
    const outcome = await fetchFrom(place, here, {
      tally: (done) => {
        first ??= done;
      },
    });
    expect(outcome).toMatchObject({ kind: 'fetched' });
    expect(first).toBe(20);
    readSnapshot(join(here, 'latest'));
    expect(readdirSync(here).sort()).toEqual(['.lock', 'latest', 'snapshots']);
  });
});

test('connections that break off are gone on with, by range', async () => {
  const { service, place } = await faulty();
  const here = outputFolder();
  service.faults.set('cut', { times: 3, on: ({ key }) => key.endsWith('submissions.ndjson') });
  service.faults.set('slow_down', { times: 1, on: ({ key }) => key.endsWith('schema.json') });
  expect(await fetchFrom(place, here)).toMatchObject({ kind: 'fetched' });
  readSnapshot(join(here, 'latest'));
});

test('a service that goes on failing, or is not there: a sentence', async () => {
  const { service, place } = await faulty();
  service.faults.set('down');
  expect(await sentence(fetchFrom(place, outputFolder()))).toMatch(
    /^http:\S+\/latest\/manifest\.json answers 500\. Run this again later\.$/,
  );
  const source = sourceOf(`http://127.0.0.1:${await freePort()}`);
  expect(await sentence(fetchFrom(place, outputFolder(), { source }))).toMatch(
    /^http:\S+ does not answer \(.*ECONNREFUSED.*\)\. Check the address and the network/,
  );
});

test('a file that the manifest lists and that is not there: a sentence', async () => {
  const { service, place, id } = await faulty();
  service.buckets.get('openagentsessions')?.stored.delete(`snapshots/${id}/urls.txt`);
  expect(await sentence(fetchFrom(place, outputFolder()))).toMatch(
    /urls\.txt is not there, but the manifest lists it/,
  );
});

test('a latest that is somebody else’s folder is left alone', async () => {
  const { place } = await faulty();
  const here = outputFolder();
  mkdirSync(join(here, 'latest'));
  expect(await sentence(fetchFrom(place, here))).toMatch(/is not a link made by an export/);
  rmSync(join(here, 'latest'), { recursive: true });
  expect(await fetchFrom(place, here)).toMatchObject({ kind: 'fetched' });
});
