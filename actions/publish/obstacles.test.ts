import { beforeEach, describe, expect, test } from 'vitest';
import type { BucketAccess } from '#domain/environment-values.ts';
import { freshDatabase, realServer } from '#sql/testing.ts';
import { freshIndex } from '#sql/testing-index.ts';
import { emptyIndex, listGists } from '#sql/testing-rows.ts';
import type { Bucket } from '../bucket/bucket.ts';
import { bytesContent } from '../bucket/content.ts';
import { s3Client } from '../bucket/s3/client.ts';
import { S3Bucket } from '../bucket/s3/s3-bucket.ts';
import type { S3Fault } from '../bucket/standin/faults.ts';
import { type Place, places, s3Place, setVersioning, standin, textAt, unwatched } from '../bucket/testing.ts';
import { exportTo, outputFolder } from '../export/testing.ts';
import { failureSentence } from '../failure-sentence.ts';
import { freePort } from '../testing.ts';
import { published, publishTo, strangerReads } from './testing.ts';

const fresh = freshIndex();
beforeEach(() => listGists(fresh.db, 3));

/** A bucket of a stand-in, asked with little patience, and a snapshot to publish there. */
async function world(other: Partial<BucketAccess> = {}) {
  const service = await standin();
  const access = { ...service.bucket('openagentsessions'), ...other };
  const place = {
    ...s3Place(access),
    bucket: new S3Bucket(access, { client: s3Client(access, { attempts: 3, silence: 1000 }) }),
  };
  const output = outputFolder();
  await exportTo(fresh.db, output, { now: () => new Date() });
  const objects = service.buckets.get('openagentsessions')?.stored ?? new Map();
  return { service, place, output, objects, publish: () => publishTo(fresh.db, output, place) };
}

async function failure(work: Promise<{ kind: string }>): Promise<string | null> {
  return work.then(
    ({ kind }) => `It ended: ${kind}.`,
    (error) => failureSentence(error) ?? `unforeseen: ${error.stack}`,
  );
}

/** The same bucket, where something has happened by the time the first file of a snapshot is created. */
function disturbed({ bucket }: Pick<Place, 'bucket'>, happen: () => Promise<unknown>): { bucket: Bucket } {
  let happened: Promise<unknown> | undefined;
  return {
    bucket: {
      title: bucket.title,
      publicPlace: bucket.publicPlace,
      check: () => bucket.check(),
      find: (key) => bucket.find(key),
      read: (key) => bucket.read(key),
      readPublic: (key) => bucket.readPublic(key),
      replace: (key, content, watch, instead) => bucket.replace(key, content, watch, instead),
      async create(key, content, watch) {
        happened ??= happen();
        await happened;
        return bucket.create(key, content, watch);
      },
    },
  };
}

const isLatest = ({ key }: { key: string }) => key.startsWith('latest/');
const isSnapshot = ({ key }: { key: string }) => key.startsWith('snapshots/');
const isPut = ({ method }: { method: string }) => method === 'PUT';

test.each<[S3Fault, RegExp]>([
  ['slow_down', /^http:\S+ answers 503 SlowDown, however often it is asked\. .* run this again later\.$/],
  ['down', /^http:\S+ answers 500 InternalError, however often it is asked\./],
  ['reset', /^http:\S+ does not answer \(ECONNRESET\)\. Check HETZNER_S3_ENDPOINT and the network/],
  [
    'forbidden',
    /^These keys may not use \S+ in the bucket openagentsessions\. Check that the bucket is yours/,
  ],
  ['no_bucket', /^There is no bucket openagentsessions at http:\S+\. Make it, or correct HETZNER_S3_BUCKET/],
  ['skewed', /^The clock of this machine and that of http:\S+ are too far apart .* Set this machine's clock/],
  ['full', /^The bucket openagentsessions takes no more: its quota is used up\. Raise it/],
])('a service that %s: a sentence; nothing turns, and the next run publishes', async (fault, sentence) => {
  for (const on of [() => true, isSnapshot, isLatest]) {
    await emptyIndex(fresh.db);
    await listGists(fresh.db, 3);
    const { service, place, publish } = await world();
    service.faults.set(fault, { on });
    expect(await failure(publish())).toMatch(sentence);
    service.faults.heal();
    expect(await strangerReads(place)).toBeNull();
    expect(await published(fresh.db)).toEqual([]);
    expect(await publish()).toMatchObject({ kind: 'published' });
    expect(await strangerReads(place)).toMatchObject({ rows: 3 });
  }
});

test.each<S3Fault>(['slow_down', 'down', 'reset', 'hang', 'slow', 'cut_upload', 'answer_lost', 'cut'])(
  'a service that is %s now and then: publishing gets through',
  async (fault) => {
    const { service, place, publish } = await world();
    for (const on of [isSnapshot, isLatest]) {
      for (const method of ['PUT', 'GET']) {
        service.faults.set(fault, { times: 2, on: (asked) => asked.method === method && on(asked) });
      }
    }
    expect(await publish()).toMatchObject({ kind: 'published' });
    expect(await strangerReads(place)).toMatchObject({ rows: 3 });
  },
);

test('uploads that always break off: a sentence, and no half file is there', async () => {
  const { service, objects, publish } = await world();
  service.faults.set('cut_upload', { on: isPut });
  expect(await failure(publish())).toMatch(/does not answer \((?:ECONNRESET|EPIPE)\)|broke off/);
  expect([...objects.keys()]).toEqual([]);
  service.faults.heal();
  expect(await publish()).toMatchObject({ kind: 'published' });
});

test('answers that always break off: a sentence', async () => {
  const { service, place, publish } = await world();
  service.faults.set('cut', { on: (asked) => asked.method === 'GET' && asked.key.endsWith('urls.txt') });
  expect(await failure(publish())).toMatch(/does not answer \(ECONNRESET\)|broke off/);
  expect(await strangerReads(place)).toBeNull();
});

test('a file that reads back with other bytes: a sentence, latest stays, and the next run goes on', async () => {
  const { service, place, publish } = await world();
  service.faults.set('other_bytes', { on: ({ key }) => key.endsWith('submissions.ndjson') });
  expect(await failure(publish())).toMatch(
    /^snapshots\/\S+\/submissions\.ndjson in the bucket openagentsessions reads back with other bytes than were sent\. Nothing leads to it yet; run this again/,
  );
  service.faults.heal();
  expect(await strangerReads(place)).toBeNull();
  expect(await publish()).toMatchObject({ kind: 'published', found: 3 });
  expect(await strangerReads(place)).toMatchObject({ rows: 3 });
});

test('strangers who may not read: a sentence with the address, and the next run finishes', async () => {
  const { service, place, publish } = await world();
  service.faults.set('private');
  const sentence = await failure(publish());
  expect(sentence).toMatch(
    /^latest\/manifest\.json is in the bucket openagentsessions, but strangers cannot read it at http:\S+\/openagentsessions\. Let everybody read/,
  );
  expect(await failure(publish())).toBe(sentence);
  expect(await published(fresh.db)).toEqual([]);
  service.faults.heal();
  expect(await publish()).toMatchObject({ kind: 'finished' });
  expect(await strangerReads(place)).toMatchObject({ rows: 3 });
});

test('a service that is down once latest was turned: a sentence, and the next run finishes', async () => {
  const { service, publish } = await world();
  let turned = false;
  const on = ({ method, key }: { method: string; key: string }) => {
    turned ||= method === 'PUT' && key === 'latest/manifest.json';
    return turned && method === 'GET';
  };
  service.faults.set('slow_down', { on });
  expect(await failure(publish())).toMatch(
    /^http:\S+\/latest\/manifest\.json answers 503, however often it is asked\. Nothing is lost: run this again later\.$/,
  );
  expect(await published(fresh.db)).toEqual([]);
  service.faults.heal();
  expect(await publish()).toMatchObject({ kind: 'finished' });
});

test('the answer to the last request is lost: what turned latest is not taken for somebody else’s', async () => {
  const { service, place, output, publish } = await world();
  const loseAnswer = () =>
    service.faults.set('answer_lost', {
      times: 1,
      on: (asked) => isPut(asked) && asked.key === 'latest/manifest.json',
    });
  loseAnswer();
  expect(await publish()).toMatchObject({ kind: 'published' });
  await listGists(fresh.db, 1, 4);
  await exportTo(fresh.db, output, { now: () => new Date() });
  loseAnswer();
  expect(await publish()).toMatchObject({ kind: 'published' });
  expect(await strangerReads(place)).toMatchObject({ rows: 4 });
});

test.each([
  ['keys nobody knows', { accessKeyId: 'nobody' }],
  ['a wrong secret', { secretAccessKey: 'wrong' }],
])('%s: a sentence naming both variables', async (_, other) => {
  const { publish } = await world(other);
  expect(await failure(publish())).toMatch(
    /^http:\S+ does not know these keys\. Correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY\.$/,
  );
});

test('a bucket that is not there, a service that is not there', async () => {
  expect(await failure((await world({ name: 'none' })).publish())).toMatch(/^There is no bucket none at/);
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  await emptyIndex(fresh.db);
  expect(await failure((await world({ endpoint })).publish())).toMatch(
    new RegExp(`^${endpoint} does not answer \\(ECONNREFUSED\\)\\.`),
  );
});

test('a service that overwrites what may only be created, and does not say that it keeps versions: a sentence', async () => {
  const { service, place, publish } = await world();
  service.faults.set('no_conditions');
  service.faults.set('forbidden', { on: ({ key }) => key === '' });
  expect(await failure(publish())).toMatch(
    /^the bucket openagentsessions overwrites what may only be created, .* Publish in a bucket without versioning/,
  );
  expect(await strangerReads(place)).toBeNull();
});

test('a service that takes tags with quotes is served, too', async () => {
  const { service, place, output, publish } = await world();
  service.faults.set('quoted_tags');
  await publish();
  await listGists(fresh.db, 1, 4);
  await exportTo(fresh.db, output, { now: () => new Date() });
  expect(await publish()).toMatchObject({ kind: 'published' });
  expect(await strangerReads(place)).toMatchObject({ rows: 4 });
});

describe.each(places.filter(({ name }) => name !== 'folder'))('versions on a $name', ({ make }) => {
  test('a bucket that keeps versions: a sentence, nothing written; suspended, it will do', async () => {
    const [place, output] = [await make(), outputFolder()];
    if (place.access === null) throw new Error('It is a folder.');
    await exportTo(fresh.db, output, { now: () => new Date() });
    await setVersioning(place.access, 'Enabled');
    expect(await failure(publishTo(fresh.db, output, place))).toBe(
      `The bucket ${place.access.name} keeps versions, and such a bucket overwrites what may only be created. Suspend its versioning, or publish in a bucket without.`,
    );
    expect(await strangerReads(place)).toBeNull();
    await setVersioning(place.access, 'Suspended');
    expect(await publishTo(fresh.db, output, place)).toMatchObject({ kind: 'published' });
    expect(await strangerReads(place)).toMatchObject({ rows: 3 });
  });
});

describe.each(places)('races on a $name', ({ make }) => {
  test('two publishers at once make one snapshot', async () => {
    const [place, output] = [await make(), outputFolder()];
    await exportTo(fresh.db, output, { now: () => new Date() });
    const both = await Promise.all([publishTo(fresh.db, output, place), publishTo(fresh.db, output, place)]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['busy', 'published']);
    expect(await strangerReads(place)).toMatchObject({ rows: 3 });
    expect(await published(fresh.db)).toHaveLength(1);
  });

  test('two databases at once: readers find one of the two, whole, and the other is told', async () => {
    const place = await make();
    const other = await freshDatabase();
    try {
      await listGists(other.db, 2);
      const [mine, theirs] = [outputFolder(), outputFolder()];
      await exportTo(fresh.db, mine, { now: () => new Date() });
      await exportTo(other.db, theirs, { now: () => new Date() });
      const both = await Promise.allSettled([
        publishTo(fresh.db, mine, place),
        publishTo(other.db, theirs, place),
      ]);
      const told = both.map((one) =>
        one.status === 'fulfilled' ? one.value.kind : (failureSentence(one.reason) ?? 'unforeseen'),
      );
      expect(told.filter((kind) => kind === 'published')).toHaveLength(1);
      expect(told.filter((kind) => kind !== 'published')[0]).toMatch(
        /^refused$|^Something else (?:turned|wrote) latest.* meanwhile/,
      );
      const read = await strangerReads(place);
      expect(read?.rows).toBe(told[0] === 'published' ? 3 : 2);
      expect(await published(fresh.db)).toHaveLength(told[0] === 'published' ? 1 : 0);
      expect(await published(other.db)).toHaveLength(told[0] === 'published' ? 0 : 1);
    } finally {
      await other.close();
    }
  });

  test('what turned latest meanwhile stays', async () => {
    const [place, output] = [await make(), outputFolder()];
    const first = await exportTo(fresh.db, output, { now: () => new Date() });
    if (first.kind !== 'exported') throw new Error(first.kind);
    const turn = () => place.bucket.replace('latest/manifest.json', bytesContent('theirs'), unwatched);
    expect(await failure(publishTo(fresh.db, output, disturbed(place, turn)))).toMatch(
      /^Something else turned latest in the .+ meanwhile, so this snapshot was not published\./,
    );
    expect(await textAt(place.bucket, 'latest/manifest.json')).toBe('theirs');
    expect(await published(fresh.db)).toEqual([]);
  });
});

test.skipIf(!realServer)(
  'publishers of one database on two machines: one publishes, the other says so',
  async () => {
    const { place, output } = await world();
    const both = await Promise.all([
      publishTo(fresh.db, output, place),
      publishTo(fresh.db, outputFolder(), place),
    ]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['busy', 'published']);
  },
);

test.skipIf(!realServer)(
  'a database that goes away in the middle: a sentence, latest stays, and the next run finishes',
  async () => {
    const { place, output, publish } = await world();
    const end = () =>
      fresh.db.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
      );
    expect(await failure(publishTo(fresh.db, output, disturbed(place, end)))).toMatch(
      /^The database does not answer/,
    );
    expect(await strangerReads(place)).toBeNull();
    expect(await publish()).toMatchObject({ kind: 'published' });
    expect(await strangerReads(place)).toMatchObject({ rows: 3 });
  },
);
