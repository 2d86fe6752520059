import type { BucketAccess } from '#domain/environment-values.ts';
import type { Bucket } from './bucket.ts';
import { FolderBucket } from './folder/folder-bucket.ts';
import { S3Bucket } from './s3/s3-bucket.ts';

/** Where development publishes that has no bucket. */
export const defaultFolder = '.published';

/** The place to publish in: a folder if one is named, else the environment's bucket, else development's folder. */
export function openBucket(folder: string | undefined, access: BucketAccess | null): Bucket {
  if (folder !== undefined) return new FolderBucket(folder);
  return access === null ? new FolderBucket(defaultFolder) : new S3Bucket(access);
}
