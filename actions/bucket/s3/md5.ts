import { createHash } from 'node:crypto';

/** For the Content-MD5 header, against which the service holds the bytes it gets; in hex, the tag of a file in one part. */
export function md5(bytes: Buffer, encoding: 'base64' | 'hex' = 'base64'): string {
  return createHash('md5').update(bytes).digest(encoding);
}
