import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import type { BucketAccess } from '#domain/environment-values.ts';
import type { Bucket, Watch } from './bucket.ts';
import { FolderBucket } from './folder/folder-bucket.ts';
import { s3Client } from './s3/client.ts';
import { S3Bucket } from './s3/s3-bucket.ts';
import { startS3Standin } from './standin/start.ts';

const { TEST_S3_ENDPOINT, TEST_S3_ACCESS_KEY_ID = '', TEST_S3_SECRET_ACCESS_KEY = '' } = process.env;

/** Whether tests have a real S3 server, from `actions/test/radosgw.sh`. What needs it says `test.skipIf(!realBucket)`. */
export const realBucket = Boolean(TEST_S3_ENDPOINT);

/** An empty place to publish in, for one test. */
export interface Place {
  bucket: Bucket;
  /** Null for a folder. */
  access: BucketAccess | null;
  /** Lets a program publish there. */
  env: Record<string, string>;
  flags: string[];
}

/** Each kind of place: what runs on one has to run on all. With a real server, others were looked at without one. */
export const places: readonly { name: string; make(): Promise<Place> }[] = realBucket
  ? [{ name: 'radosgw', make: async () => s3Place(await gatewayBucket()) }]
  : [
      { name: 'folder', make: folderPlace },
      { name: 'stand-in', make: async () => s3Place(await standinBucket()) },
    ];

async function folderPlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'openagentsessions-bucket-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { bucket: new FolderBucket(folder), access: null, env: {}, flags: ['--to', folder] };
}

export function s3Place(access: BucketAccess): Place {
  return {
    bucket: new S3Bucket(access),
    access,
    env: {
      HETZNER_S3_ENDPOINT: access.endpoint,
      HETZNER_S3_BUCKET: access.name,
      AWS_ACCESS_KEY_ID: access.accessKeyId,
      AWS_SECRET_ACCESS_KEY: access.secretAccessKey,
    },
    flags: [],
  };
}

/** A stand-in for one test. */
export async function standin() {
  const started = await startS3Standin();
  onTestFinished(() => started.close());
  return started;
}

export async function standinBucket(): Promise<BucketAccess> {
  return (await standin()).bucket('openagentsessions');
}

/** A new bucket of the real server. */
export async function gatewayBucket(): Promise<BucketAccess> {
  const access = {
    endpoint: TEST_S3_ENDPOINT ?? '',
    name: `test-${randomBytes(8).toString('hex')}`,
    region: 'us-east-1',
    accessKeyId: TEST_S3_ACCESS_KEY_ID,
    secretAccessKey: TEST_S3_SECRET_ACCESS_KEY,
  };
  await s3Client(access).send(new CreateBucketCommand({ Bucket: access.name }));
  return access;
}

export async function setVersioning(access: BucketAccess, Status: 'Enabled' | 'Suspended'): Promise<void> {
  const command = { Bucket: access.name, VersioningConfiguration: { Status } };
  await s3Client(access).send(new PutBucketVersioningCommand(command));
}

/** Looks at nothing and is never stopped. */
export const unwatched: Watch = { sent: () => undefined, signal: new AbortController().signal };

/** What a bucket's owner finds under a key. */
export async function textAt(bucket: Bucket, key: string): Promise<string | null> {
  const file = await bucket.read(key);
  if (file === null) return null;
  const pieces: Uint8Array[] = [];
  for await (const piece of file.body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}
