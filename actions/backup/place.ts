import type { BucketAccess } from '#domain/environment-values.ts';
import type { Bucket } from '../bucket/bucket.ts';
import { FolderBucket } from '../bucket/folder/folder-bucket.ts';
import { S3Bucket } from '../bucket/s3/s3-bucket.ts';
import { JobFailure } from '../failure.ts';

/** Where development keeps backups that has no bucket. */
const defaultFolder = '.backups';

/** The place of backups: a folder if one is named, else the environment's private bucket, else development's folder. */
export function openBackupPlace(folder: string | undefined, access: BucketAccess | null): Bucket {
  if (folder !== undefined) return new FolderBucket(folder);
  return access === null ? new FolderBucket(defaultFolder) : new S3Bucket(access, { readers: 'owner' });
}

/** @throws JobFailure when everybody can read what is there, encrypted or not; a folder is as private as its machine. */
export async function refuseStrangers(bucket: Bucket, key: string): Promise<void> {
  if (bucket instanceof FolderBucket || (await bucket.readPublic(key)) === null) return;
  throw new JobFailure(
    `Everybody can read ${key} in ${bucket.title}. Make the bucket private, and look who may list it.`,
  );
}
