import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { publishedHeaders } from '#domain/published-headers.ts';
import type { Content, Watch } from '../bucket.ts';
import { md5 } from './md5.ts';

/** Who may read the files of a bucket. */
export type Readers = 'everybody' | 'owner';

/** How a file is served, and who may read it. */
export function objectFields(key: string, readers: Readers) {
  if (readers === 'owner') return { ACL: 'private' as const };
  const { contentType, cacheControl } = publishedHeaders(key);
  return { ContentType: contentType, CacheControl: cacheControl, ACL: 'public-read' as const };
}

/**
 * Puts a file in parts of this size, one after the other, so that one part is in memory. Nothing is there before all of it
 * is; parts of an upload that never ends are for the bucket's lifecycle rule to clear away.
 */
export async function putMultipart(
  client: S3Client,
  at: { Bucket: string; Key: string },
  content: Content,
  { partBytes, readers }: { partBytes: number; readers: Readers },
  watch: Watch,
): Promise<void> {
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ ...at, ...objectFields(at.Key, readers) }),
  );
  const parts: { PartNumber: number; ETag: string | undefined }[] = [];
  for (let from = 0; from < content.bytes; from += partBytes) {
    watch.signal.throwIfAborted();
    const Body = await content.slice(from, Math.min(from + partBytes, content.bytes));
    const PartNumber = parts.length + 1;
    const part = { ...at, UploadId, PartNumber, Body, ContentMD5: md5(Body) };
    const { ETag } = await client.send(new UploadPartCommand(part));
    parts.push({ PartNumber, ETag });
    watch.sent(Body.length);
  }
  await client.send(
    new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts: parts } }),
  );
}
