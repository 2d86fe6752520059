import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import type { BucketAccess } from '#domain/environment-values.ts';
import { s3Client } from './s3/client.ts';
import { gatewayBucket, realBucket, setVersioning, standinBucket } from './testing.ts';

/*
 * The same questions to the stand-in and, where there is one, to a real gateway: what a test finds out on the first is true
 * of the second.
 */
const services = [
  { name: 'stand-in', make: standinBucket },
  ...(realBucket ? [{ name: 'radosgw', make: gatewayBucket }] : []),
];

/** What came of a request: its status, and the code of an error. */
async function outcome(request: Promise<{ $metadata: { httpStatusCode?: number } }>): Promise<string> {
  try {
    return String((await request).$metadata.httpStatusCode);
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    return `${error.$metadata.httpStatusCode} ${error.name}`;
  }
}

describe.each(services)('$name', ({ make }) => {
  async function open(other: Partial<BucketAccess> = {}) {
    const access = { ...(await make()), ...other };
    const client = s3Client(access);
    const put = (Key: string, text: string, input: Partial<PutObjectCommandInput> = {}) =>
      client.send(
        new PutObjectCommand({
          Bucket: access.name,
          Key,
          Body: Buffer.from(text),
          ACL: 'public-read',
          ...input,
        }),
      );
    const get = (Key: string, input: object = {}) =>
      client.send(new GetObjectCommand({ Bucket: access.name, Key, ...input }));
    const head = (Key: string) => client.send(new HeadObjectCommand({ Bucket: access.name, Key }));
    return { access, client, put, get, head };
  }

  test('If-None-Match: * creates, and refuses to overwrite', async () => {
    const { put } = await open();
    expect(await outcome(put('a', 'one', { IfNoneMatch: '*' }))).toBe('200');
    expect(await outcome(put('a', 'two', { IfNoneMatch: '*' }))).toBe('412 PreconditionFailed');
  });

  test('of eight who create at once, one does', async () => {
    const { put } = await open();
    const puts = Array.from({ length: 8 }, (_, n) => outcome(put('a', String(n), { IfNoneMatch: '*' })));
    expect((await Promise.all(puts)).filter((result) => result === '200')).toHaveLength(1);
  });

  test('If-Match is compared without quotes', async () => {
    const { put } = await open();
    const { ETag = '' } = await put('a', 'one');
    const bare = ETag.replaceAll('"', '');
    expect(await outcome(put('a', 'two', { IfMatch: ETag }))).toBe('412 PreconditionFailed');
    expect(await outcome(put('a', 'two', { IfMatch: bare }))).toBe('200');
    expect(await outcome(put('a', 'three', { IfMatch: bare }))).toBe('412 PreconditionFailed');
    expect(await outcome(put('b', 'three', { IfMatch: bare }))).toBe('412 PreconditionFailed');
  });

  test('where versions are kept, If-None-Match: * overwrites; where they were suspended, it does not', async () => {
    const { access, client, put } = await open();
    const status = async () =>
      (await client.send(new GetBucketVersioningCommand({ Bucket: access.name }))).Status;
    expect(await status()).toBeUndefined();
    await setVersioning(access, 'Enabled');
    expect(await status()).toBe('Enabled');
    expect(await outcome(put('a', 'one', { IfNoneMatch: '*' }))).toBe('200');
    expect(await outcome(put('a', 'two', { IfNoneMatch: '*' }))).toBe('200');
    expect(await outcome(put('a', 'three', { IfMatch: 'deadbeef' }))).toBe('412 PreconditionFailed');
    await setVersioning(access, 'Suspended');
    expect(await status()).toBe('Suspended');
    expect(await outcome(put('b', 'one', { IfNoneMatch: '*' }))).toBe('200');
    expect(await outcome(put('b', 'two', { IfNoneMatch: '*' }))).toBe('412 PreconditionFailed');
  });

  async function multipart(client: S3Client, Bucket: string, sizes: number[], condition: object = {}) {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'a' }));
    const parts = [];
    for (const [index, size] of sizes.entries()) {
      const part = { Bucket, Key: 'a', UploadId, PartNumber: index + 1, Body: Buffer.alloc(size, index) };
      const { ETag } = await client.send(new UploadPartCommand(part));
      parts.push({ ETag, PartNumber: index + 1 });
    }
    const whole = { Bucket, Key: 'a', UploadId, MultipartUpload: { Parts: parts }, ...condition };
    return () => client.send(new CompleteMultipartUploadCommand(whole));
  }

  test('putting parts together overwrites, whatever the condition, and may be asked for twice', async () => {
    const { access, client, head } = await open();
    const sizes = [5 * 1024 * 1024, 10];
    for (const condition of [{ IfNoneMatch: '*' }, { IfNoneMatch: '*' }, { IfMatch: 'deadbeef' }]) {
      const complete = await multipart(client, access.name, sizes, condition);
      expect(await outcome(complete())).toBe('200');
      expect(await outcome(complete())).toBe('200');
    }
    expect((await head('a')).ContentLength).toBe(5 * 1024 * 1024 + 10);
    expect((await head('a')).ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    expect(await outcome((await multipart(client, access.name, [10, 10]))())).toBe('400 EntityTooSmall');
  });

  test('a part for no upload', async () => {
    const { access, client } = await open();
    const part = { Bucket: access.name, Key: 'a', UploadId: 'none', PartNumber: 1, Body: 'x' };
    expect(await outcome(client.send(new UploadPartCommand(part)))).toBe('404 NoSuchUpload');
  });

  test('bytes that differ from their Content-MD5', async () => {
    const { put } = await open();
    const other = Buffer.alloc(16).toString('base64');
    expect(await outcome(put('a', 'x', { ContentMD5: other }))).toBe('400 BadDigest');
  });

  test('what is missing: an object, its head, a bucket', async () => {
    const { get, head, access, client } = await open();
    expect(await outcome(get('a'))).toBe('404 NoSuchKey');
    expect(await outcome(head('a'))).toBe('404 NotFound');
    const elsewhere = { Bucket: `${access.name}-none`, Key: 'a' };
    expect(await outcome(client.send(new GetObjectCommand(elsewhere)))).toBe('404 NoSuchBucket');
    expect(await outcome(client.send(new PutObjectCommand({ ...elsewhere, Body: 'x' })))).toBe(
      '404 NoSuchBucket',
    );
    expect(await outcome(client.send(new GetBucketVersioningCommand({ Bucket: elsewhere.Bucket })))).toBe(
      '404 NoSuchBucket',
    );
  });

  test('ranges', async () => {
    const { put, get } = await open();
    await put('a', 'two');
    const part = await get('a', { Range: 'bytes=1-' });
    expect([part.ContentRange, await part.Body?.transformToString()]).toEqual(['bytes 1-2/3', 'wo']);
    expect(await outcome(get('a', { Range: 'bytes=10-' }))).toBe('416 InvalidRange');
    expect(await outcome(get('a', { IfMatch: '"deadbeef"' }))).toBe('412 PreconditionFailed');
  });

  test('a stranger reads what is public and may not ask what there is', async () => {
    const { access, put } = await open();
    await put('open', 'two', { CacheControl: 'public, max-age=60', ContentType: 'text/plain' });
    await put('closed', 'x', { ACL: undefined });
    const at = (path: string, init?: RequestInit) => fetch(`${access.endpoint}/${path}`, init);
    const open_ = await at(`${access.name}/open`);
    expect([open_.status, await open_.text()]).toEqual([200, 'two']);
    expect(open_.headers.get('cache-control')).toBe('public, max-age=60');
    expect(open_.headers.get('content-type')).toBe('text/plain');
    expect(open_.headers.get('accept-ranges')).toBe('bytes');
    const range = await at(`${access.name}/open`, { headers: { range: 'bytes=1-1' } });
    expect([range.status, range.headers.get('content-range')]).toEqual([206, 'bytes 1-1/3']);
    expect((await at(`${access.name}/open`, { headers: { range: 'bytes=9-' } })).status).toBe(416);
    for (const path of ['closed', 'none', '']) {
      const refused = await at(`${access.name}/${path}`);
      expect([path, refused.status, await refused.text()]).toEqual([
        path,
        403,
        expect.stringContaining('<Code>AccessDenied</Code>'),
      ]);
    }
    expect((await at(`${access.name}/new`, { method: 'PUT', body: 'x' })).status).toBe(403);
    expect((await at(`${access.name}-none/open`)).status).toBe(404);
  });

  test('an unknown key, a wrong secret', async () => {
    const unknown = await open({ accessKeyId: 'nobody' });
    expect(await outcome(unknown.get('a'))).toBe('403 InvalidAccessKeyId');
    const wrong = await open({ secretAccessKey: 'wrong' });
    expect(await outcome(wrong.get('a'))).toBe('403 SignatureDoesNotMatch');
    expect(await outcome(wrong.put('a', 'x'))).toBe('403 SignatureDoesNotMatch');
    expect(await outcome(wrong.head('a'))).toMatch(/^403 /);
  });

  test('a clock that is two hours off', async () => {
    const { access, client } = await open();
    client.config.systemClockOffset = -2 * 60 * 60 * 1000;
    const request = client.send(new GetBucketVersioningCommand({ Bucket: access.name }));
    expect(await outcome(request)).toBe('403 RequestTimeTooSkewed');
  });
});
