import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bytesContent } from './content.ts';
import { S3Bucket } from './s3/s3-bucket.ts';
import { places, textAt, unwatched } from './testing.ts';

const put = bytesContent;

describe.each(places)('$name', ({ make }) => {
  test('what was put is there, for its owner and for strangers', async () => {
    const { bucket } = await make();
    expect(await bucket.create('snapshots/1/urls.txt', put('https://…\n'), unwatched)).toBe('created');
    expect(await textAt(bucket, 'snapshots/1/urls.txt')).toBe('https://…\n');
    expect(String(await bucket.readPublic('snapshots/1/urls.txt'))).toBe('https://…\n');
    expect(await bucket.find('snapshots/1/urls.txt')).toMatchObject({ bytes: 12 });
  });

  test('nothing is where nothing was put', async () => {
    const { bucket } = await make();
    expect(await bucket.find('latest/manifest.json')).toBeNull();
    expect(await bucket.read('latest/manifest.json')).toBeNull();
    expect(await bucket.readPublic('latest/manifest.json')).toBeNull();
  });

  test('an empty file is one', async () => {
    const { bucket } = await make();
    await bucket.create('latest/removed.ndjson', put(''), unwatched);
    expect(await textAt(bucket, 'latest/removed.ndjson')).toBe('');
    expect(await bucket.find('latest/removed.ndjson')).toMatchObject({ bytes: 0 });
  });

  test('what exists is not created again, and stays as it is', async () => {
    const { bucket } = await make();
    await bucket.create('a', put('first'), unwatched);
    expect(await bucket.create('a', put('second'), unwatched)).toBe('exists');
    expect(await textAt(bucket, 'a')).toBe('first');
  });

  test('of many who create one file at once, one does', async () => {
    const { bucket } = await make();
    const racers = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const outcomes = await Promise.all(racers.map((text) => bucket.create('a', put(text), unwatched)));
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(await textAt(bucket, 'a')).toBe(racers[outcomes.indexOf('created')]);
  });

  test('files are replaced, whatever is there', async () => {
    const { bucket } = await make();
    expect(await bucket.replace('a', put('one'), unwatched)).toBe('replaced');
    expect(await bucket.replace('a', put('two'), unwatched)).toBe('replaced');
    expect(await textAt(bucket, 'a')).toBe('two');
  });

  test('a file is replaced by who knows what is there, and by nobody else', async () => {
    const { bucket } = await make();
    expect(await bucket.replace('a', put('one'), unwatched, null)).toBe('replaced');
    expect(await bucket.replace('a', put('two'), unwatched, null)).toBe('changed');
    const first = (await bucket.find('a'))?.tag ?? '';
    expect(await bucket.replace('a', put('two'), unwatched, first)).toBe('replaced');
    expect(await bucket.replace('a', put('three'), unwatched, first)).toBe('changed');
    expect(await bucket.replace('b', put('three'), unwatched, first)).toBe('changed');
    expect(await textAt(bucket, 'a')).toBe('two');
    expect(await bucket.find('b')).toBeNull();
  });

  test('sent bytes are told of', async () => {
    const { bucket } = await make();
    let sent = 0;
    await bucket.create('a', put('twelve bytes'), {
      ...unwatched,
      sent: (bytes) => {
        sent += bytes;
      },
    });
    expect(sent).toBe(12);
  });

  test('a stop before a file leaves nothing of it', async () => {
    const { bucket } = await make();
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(bucket.create('a', put('one'), { ...unwatched, signal })).rejects.toThrow('stopped');
    expect(await bucket.find('a')).toBeNull();
  });
});

describe.each(places.filter(({ name }) => name !== 'folder'))('large files on $name', ({ make }) => {
  test('go in parts, are served as small ones are, and are not created twice', async () => {
    const { access } = await make();
    if (access === null) throw new Error('It is a folder.');
    const bucket = new S3Bucket(access, { partBytes: 5 * 1024 * 1024 });
    const large = randomBytes(12 * 1024 * 1024);
    const asked: number[] = [];
    const content = {
      bytes: large.length,
      slice: async (from: number, to: number) => {
        asked.push(to - from);
        return large.subarray(from, to);
      },
    };
    expect(await bucket.create('snapshots/1/submissions.ndjson', content, unwatched)).toBe('created');
    expect(asked).toEqual([5 * 1024 * 1024, 5 * 1024 * 1024, 2 * 1024 * 1024]);
    expect(await bucket.create('snapshots/1/submissions.ndjson', content, unwatched)).toBe('exists');

    const answer = await fetch(`${bucket.publicPlace}/snapshots/1/submissions.ndjson`);
    const got = Buffer.from(await answer.arrayBuffer());
    expect(createHash('sha256').update(got).digest('hex')).toBe(
      createHash('sha256').update(large).digest('hex'),
    );
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const tag = (await bucket.find('snapshots/1/submissions.ndjson'))?.tag;
    expect(await bucket.replace('snapshots/1/submissions.ndjson', content, unwatched, 'another')).toBe(
      'changed',
    );
    expect(await bucket.replace('snapshots/1/submissions.ndjson', content, unwatched, tag)).toBe('replaced');
  });
});

describe.each(places.filter(({ name }) => name !== 'folder'))('a large file on $name', ({ make }) => {
  test('that breaks off between two parts is not there, and can be created then', async () => {
    const { access } = await make();
    if (access === null) throw new Error('It is a folder.');
    const bucket = new S3Bucket(access, { partBytes: 5 * 1024 * 1024 });
    const large = randomBytes(6 * 1024 * 1024);
    const broken = {
      bytes: large.length,
      slice: async (from: number, to: number) => {
        if (from > 0) throw new Error('unreadable');
        return large.subarray(from, to);
      },
    };
    await expect(bucket.create('a', broken, unwatched)).rejects.toThrow('unreadable');
    expect(await bucket.find('a')).toBeNull();
    expect(await bucket.create('a', put(large), unwatched)).toBe('created');
    expect(await bucket.find('a')).toMatchObject({ bytes: large.length });
  });
});

describe.each(places.filter(({ name }) => name !== 'folder'))('headers on $name', ({ make }) => {
  test.each([
    [
      'snapshots/1/submissions.parquet',
      'application/vnd.apache.parquet',
      'public, max-age=31536000, immutable',
    ],
    ['snapshots/1/SHA256SUMS', 'text/plain; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['latest/manifest.json', 'application/json; charset=utf-8', 'public, max-age=60'],
    ['latest/README.md', 'text/markdown; charset=utf-8', 'public, max-age=60'],
  ])('%s', async (key, type, cache) => {
    const { bucket } = await make();
    await bucket.create(key, put('x'), unwatched);
    const { headers } = await fetch(`${bucket.publicPlace}/${key}`);
    expect([headers.get('content-type'), headers.get('cache-control')]).toEqual([type, cache]);
  });
});
