import { S3Client } from '@aws-sdk/client-s3';
import type { BucketAccess } from '#domain/environment-values.ts';

/** How often a request is tried that was answered 503, 429 or not at all; the pauses between grow to 20 seconds. */
const attempts = 6;

/** A client for any S3 service. Ceph's gateway wants checksums only where the protocol itself requires them. */
export function s3Client(access: BucketAccess): S3Client {
  return new S3Client({
    endpoint: access.endpoint,
    region: access.region,
    credentials: { accessKeyId: access.accessKeyId, secretAccessKey: access.secretAccessKey },
    // Works on every service; a host for each bucket does not.
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: attempts,
    requestHandler: { connectionTimeout: 10_000, socketTimeout: 60_000 },
  });
}
