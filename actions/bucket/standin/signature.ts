import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const accessKeyId = 'test-access-key';
export const secretAccessKey = 'test-secret-key';

/** Clocks may differ by this much, in milliseconds. */
const maxSkew = 15 * 60 * 1000;

/** Who asks: the owner, a stranger who shows no keys, or nobody, for a reason that S3 has a code for. */
export type Asker =
  | 'owner'
  | 'stranger'
  | 'InvalidAccessKeyId'
  | 'SignatureDoesNotMatch'
  | 'RequestTimeTooSkewed';

/** Checks an AWS signature, version 4, of a request's head. `body` is checked by its hash, which the head carries. */
export function askerOf({ method = '', url = '', headers }: IncomingMessage, now: Date): Asker {
  const authorization = headers.authorization;
  if (authorization === undefined) return 'stranger';
  const [, key, scope = '', signed = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? [];
  if (key !== accessKeyId) return 'InvalidAccessKeyId';
  const time = String(headers['x-amz-date']);
  const sent = Date.parse(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(now.getTime() - sent) <= maxSkew)) return 'RequestTimeTooSkewed';

  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  const query = [...searchParams].map((pair) => pair.map(escapeUri).join('=')).sort();
  const canonical = [
    method,
    pathname,
    query.join('&'),
    ...signed.split(';').map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    signed,
    headers['x-amz-content-sha256'],
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const secret = scope
    .split('/')
    .reduce((part, next) => hmac(part, next), Buffer.from(`AWS4${secretAccessKey}`));
  return hmac(secret, text).toString('hex') === signature ? 'owner' : 'SignatureDoesNotMatch';
}

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');

function escapeUri(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The code of a body that is not the one its head describes, or null. */
export function bodyProblem({ headers }: IncomingMessage, body: Buffer): string | null {
  const hash = headers['x-amz-content-sha256'];
  if (typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) && hash !== sha256(body)) {
    return 'XAmzContentSHA256Mismatch';
  }
  const md5 = headers['content-md5'];
  if (md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64')) return 'BadDigest';
  return null;
}
