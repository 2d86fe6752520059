import { S3Client } from '@aws-sdk/client-s3';
import type { BucketAccess } from '#domain/environment-values.ts';

/**
 * A client for any S3 service. Ceph's gateway wants checksums only where the protocol itself requires them. A request that is
 * answered 503 or 429, or not at all for `silence` milliseconds, is tried `attempts` times; the pauses between grow to 20
 * seconds.
 */
export function s3Client(access: BucketAccess, { attempts = 6, silence = 60_000 } = {}): S3Client {
  return new S3Client({
    endpoint: access.endpoint,
    region: access.region,
    credentials: { accessKeyId: access.accessKeyId, secretAccessKey: access.secretAccessKey },
    // Works on every service; a host for each bucket does not.
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: attempts,
    requestHandler: { connectionTimeout: 10_000, socketTimeout: silence },
  });
}
