import { S3ServiceException } from '@aws-sdk/client-s3';
import type { BucketAccess } from '#domain/environment-values.ts';
import { JobFailure } from '../../failure.ts';

/** Is it the answer with this code or status? A question about the head of an object is answered without a code. */
export function isAnswer(error: unknown, name: string, status: number): boolean {
  if (!(error instanceof S3ServiceException)) return false;
  return error.name === name || (error.name === 'Unknown' && error.$metadata.httpStatusCode === status);
}

/** What to tell an operator of an error of the S3 client; other errors are given back as they are. */
export function bucketFailure(error: unknown, access: BucketAccess, key: string): unknown {
  const sentence = sentenceOf(error, access, key);
  return sentence === null ? error : new JobFailure(sentence);
}

function sentenceOf(error: unknown, access: BucketAccess, key: string): string | null {
  const { endpoint, name } = access;
  if (!(error instanceof Error) || error instanceof JobFailure) return null;
  if (error instanceof S3ServiceException) {
    const code = error.name === 'Unknown' ? '' : error.name;
    const status = error.$metadata.httpStatusCode ?? 0;
    const known = codes[code]?.(access, key) ?? statuses[status]?.(access, key);
    if (known !== undefined) return known;
    const answer = `${status} ${code}`.trim();
    if (status >= 500 || status === 429) {
      return `${endpoint} answers ${answer}, however often it is asked. Nothing is lost: run this again later.`;
    }
    return `${endpoint} answers ${answer} to a request for ${key} in the bucket ${name}. Nothing is lost; look at what the service says of this code, then run this again.`;
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code.startsWith('E') || code.startsWith('CERT_') || code.startsWith('UNABLE_')) {
    return `${endpoint} does not answer (${code}). Check HETZNER_S3_ENDPOINT and the network; nothing is lost: run this again.`;
  }
  if (error.name === 'TimeoutError' || /socket hang up|aborted|stream/i.test(error.message)) {
    return `The connection to ${endpoint} broke off (${error.message || error.name}). Nothing is lost: run this again.`;
  }
  return null;
}

const keys = ({ endpoint }: BucketAccess) =>
  `${endpoint} does not know these keys. Correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
const forbidden = ({ name }: BucketAccess, key: string) =>
  `These keys may not use ${key} in the bucket ${name}. Check that the bucket is yours, and that its policy lets them read and write.`;
const full = ({ name }: BucketAccess) =>
  `The bucket ${name} takes no more: its quota is used up. Raise it, then run this again; nothing is lost.`;

type Sentence = (access: BucketAccess, key: string) => string;

const codes: Readonly<Record<string, Sentence>> = {
  NoSuchBucket: ({ endpoint, name }) =>
    `There is no bucket ${name} at ${endpoint}. Make it, or correct HETZNER_S3_BUCKET and HETZNER_S3_ENDPOINT.`,
  InvalidAccessKeyId: keys,
  SignatureDoesNotMatch: keys,
  AccessDenied: forbidden,
  RequestTimeTooSkewed: ({ endpoint }) =>
    `The clock of this machine and that of ${endpoint} are too far apart for a signature to hold. Set this machine's clock, then run this again.`,
  QuotaExceeded: full,
  InvalidBucketName: ({ name }) => `${name} is no name of a bucket. Correct HETZNER_S3_BUCKET.`,
};

const statuses: Readonly<Record<number, Sentence>> = { 403: forbidden, 507: full };
