import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshIndex } from '#sql/testing-index.ts';
import { gistIdOf, listGists, takeOut } from '#sql/testing-rows.ts';
import { bytesContent } from '../bucket/content.ts';
import { FolderBucket } from '../bucket/folder/folder-bucket.ts';
import { s3Client } from '../bucket/s3/client.ts';
import {
  gatewayBucket,
  type Place,
  realBucket,
  s3Place,
  standin,
  textAt,
  unwatched,
} from '../bucket/testing.ts';
import { exportTo, outputFolder } from '../export/testing.ts';
import { emptyFolder, pullFrom } from '../pull/testing.ts';
import { refreshAt } from '../removals/testing.ts';
import { publishTo, strangerReads } from './testing.ts';

/*
 * The steps of "Withdrawing a whole snapshot" in docs/operations.md, as an operator does them: what no code of ours can do,
 * deleting, is done here with the bucket's own means.
 */

const fresh = freshIndex();
beforeEach(() => listGists(fresh.db, 40));

interface Hands {
  place: Place;
  /** Deletes every object whose key begins so. */
  deleteBelow(prefix: string): Promise<void>;
}

async function atFolder(): Promise<Hands> {
  const folder = emptyFolder();
  const place = { bucket: new FolderBucket(folder), access: null, env: {}, flags: [] };
  return { place, deleteBelow: async (prefix) => rmSync(join(folder, prefix), { recursive: true }) };
}

async function atStandin(): Promise<Hands> {
  const started = await standin();
  const place = s3Place(started.bucket('openagentsessions'));
  return {
    place,
    async deleteBelow(prefix) {
      const stored = started.buckets.get('openagentsessions')?.stored ?? new Map();
      for (const key of [...stored.keys()]) if (key.startsWith(prefix)) stored.delete(key);
    },
  };
}

async function atGateway(): Promise<Hands> {
  const access = await gatewayBucket();
  const client = s3Client(access);
  return {
    place: s3Place(access),
    async deleteBelow(prefix) {
      const listed = await client.send(new ListObjectsV2Command({ Bucket: access.name, Prefix: prefix }));
      for (const { Key } of listed.Contents ?? []) {
        await client.send(new DeleteObjectCommand({ Bucket: access.name, Key }));
      }
    },
  };
}

const hands = realBucket
  ? [{ name: 'radosgw', take: atGateway }]
  : [
      { name: 'folder', take: atFolder },
      { name: 'stand-in', take: atStandin },
    ];

async function published(output: string, place: Place): Promise<string> {
  const outcome = await exportTo(fresh.db, output, { now: () => new Date() });
  if (outcome.kind !== 'exported') throw new Error(`The export ended ${outcome.kind}.`);
  expect(await publishTo(fresh.db, output, place)).toMatchObject({ kind: 'published' });
  return outcome.manifest.snapshot_id;
}

describe.each(hands)('in a $name', ({ take }) => {
  test('a whole snapshot is withdrawn by hand; publishing goes on, and readers refuse what was withdrawn', async () => {
    const { place, deleteBelow } = await take();
    const { bucket } = place;
    const output = outputFolder();
    const copy = emptyFolder();
    const now = () => new Date();
    const unlawful = await published(output, place);
    await refreshAt(fresh.db, output, place, { now });
    expect(await pullFrom(bucket.publicPlace, copy, { now })).toMatchObject({ ok: true });

    // 1. and 2.: the row is removed, and the next snapshot published.
    await takeOut(fresh.db, 7, 'removed', 'other');
    const next = await published(output, place);
    // 3.: what is withdrawn is written down.
    const list = [{ snapshot_id: unlawful, withdrawn_at: now().toISOString(), reason: 'policy' }];
    const bytes = Buffer.from(JSON.stringify(list));
    await bucket.replace('withdrawn-snapshots.json', bytesContent(bytes), unwatched);
    // 4.: its objects are deleted, and nothing else.
    await deleteBelow(`snapshots/${unlawful}/`);
    expect(await textAt(bucket, `snapshots/${unlawful}/manifest.json`)).toBeNull();

    const read = await strangerReads(place);
    expect(read).toMatchObject({ id: next, previous: unlawful, rows: 39 });
    expect(read?.removed).toMatchObject([{ gist_id: gistIdOf(7) }]);
    const pulled = await pullFrom(bucket.publicPlace, copy, { now });
    expect(pulled).toMatchObject({ ok: true });
    expect(pulled.logged.join()).toContain(`Snapshot ${unlawful} was withdrawn (policy). Delete`);

    // The jobs that run by themselves find nothing wrong, and go on.
    expect(await publishTo(fresh.db, output, place)).toEqual({ kind: 'nothing', id: next });
    expect(await refreshAt(fresh.db, output, place, { now })).toMatchObject({ kind: 'refreshed' });
    await takeOut(fresh.db, 8, 'withdrawn');
    const last = await published(output, place);
    expect(await strangerReads(place)).toMatchObject({ id: last, previous: next, rows: 38 });
    expect(await textAt(bucket, `snapshots/${unlawful}/manifest.json`)).toBeNull();
    expect(await textAt(bucket, 'withdrawn-snapshots.json')).toBe(bytes.toString());
  });

  test('while latest leads to a snapshot that is withdrawn, readers do not take it', async () => {
    const { place } = await take();
    const now = () => new Date();
    const unlawful = await published(outputFolder(), place);
    const list = [{ snapshot_id: unlawful, withdrawn_at: now().toISOString(), reason: 'policy' }];
    const content = bytesContent(Buffer.from(JSON.stringify(list)));
    await place.bucket.replace('withdrawn-snapshots.json', content, unwatched);
    const refused = await pullFrom(place.bucket.publicPlace, emptyFolder(), { now });
    expect(refused).toMatchObject({ ok: false });
    expect(JSON.stringify(refused)).toContain('withdrawn');
  });
});
