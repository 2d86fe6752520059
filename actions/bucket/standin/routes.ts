import type { IncomingMessage } from 'node:http';
import { type S3Answer, s3Error, xml } from './answer.ts';
import type { S3Fault } from './faults.ts';
import type { Objects, StoredObject, Versioning } from './objects.ts';

export interface Question {
  request: IncomingMessage;
  method: string;
  key: string;
  query: URLSearchParams;
  body: Buffer;
  faults: ReadonlySet<S3Fault>;
  isOwner: boolean;
}

/** Answers what is asked of a bucket that exists. There is no way to delete anything here. */
export function answerQuestion(bucket: Objects, question: Question): S3Answer {
  const { method, key, query, isOwner } = question;
  const isRead = method === 'GET' || method === 'HEAD';
  if (key !== '' && isRead) return readObject(bucket, question);
  if (!isOwner) return s3Error('AccessDenied');
  if (key === '') return askSettings(bucket, question);
  if (method === 'POST' && query.has('uploads')) {
    return xml(
      `<InitiateMultipartUploadResult><UploadId>${bucket.begin(key, fieldsOf(question))}</UploadId></InitiateMultipartUploadResult>`,
    );
  }
  if (method === 'POST' && query.has('uploadId')) return completeUpload(bucket, question);
  if (method === 'PUT') return putObject(bucket, question);
  return s3Error('NotImplemented');
}

function askSettings(bucket: Objects, { method, query, body }: Question): S3Answer {
  if (!query.has('versioning')) return method === 'PUT' ? { status: 200 } : s3Error('NotImplemented');
  if (method === 'PUT') {
    bucket.versioning = (/<Status>(\w+)<\/Status>/.exec(String(body))?.[1] ?? null) as Versioning;
    return { status: 200 };
  }
  const status = bucket.versioning === null ? '' : `<Status>${bucket.versioning}</Status>`;
  return xml(`<VersioningConfiguration>${status}</VersioningConfiguration>`);
}

function putObject(bucket: Objects, question: Question): S3Answer {
  const { key, query, body, request, faults } = question;
  const upload = query.get('uploadId');
  const ifMatch = request.headers['if-match'];
  const done =
    upload === null
      ? bucket.put(key, body, fieldsOf(question), {
          ifNoneMatch: faults.has('no_conditions') ? undefined : request.headers['if-none-match'],
          ifMatch: faults.has('quoted_tags') ? unquoted(ifMatch) : ifMatch,
        })
      : bucket.putPart(upload, Number(query.get('partNumber')), body);
  return 'code' in done ? s3Error(done.code) : { status: 200, headers: { etag: `"${done.etag}"` } };
}

/** A tag without its quotes; one that has none does not fit any more. */
function unquoted(tag: string | undefined): string | undefined {
  return tag && (/^"(.*)"$/.exec(tag)?.[1] ?? 'none');
}

function completeUpload(bucket: Objects, { query, body }: Question): S3Answer {
  const parts = [...String(body).matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
    number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
    etag: /<ETag>(?:"|&quot;)?([^"&<]+)/.exec(part)?.[1] ?? '',
  }));
  const done = bucket.complete(query.get('uploadId') ?? '', parts);
  if ('code' in done) return s3Error(done.code);
  return xml(`<CompleteMultipartUploadResult><ETag>${done.etag}</ETag></CompleteMultipartUploadResult>`);
}

function fieldsOf({ request }: Question): Pick<StoredObject, 'headers' | 'isPublic'> {
  const { headers } = request;
  return {
    headers: {
      'content-type': headers['content-type'] ?? 'binary/octet-stream',
      ...(headers['cache-control'] === undefined ? {} : { 'cache-control': headers['cache-control'] }),
    },
    isPublic: headers['x-amz-acl'] === 'public-read',
  };
}

function readObject(bucket: Objects, { key, request, isOwner, faults }: Question): S3Answer {
  const object = bucket.stored.get(key);
  // A stranger may not list, and is not told what is missing either.
  if (!isOwner && (!object?.isPublic || faults.has('private'))) return s3Error('AccessDenied');
  if (object === undefined) return s3Error('NoSuchKey');
  const { etag, headers } = object;
  const ifMatch = request.headers['if-match'];
  if (ifMatch !== undefined && ifMatch.replaceAll('"', '') !== etag) return s3Error('PreconditionFailed');
  const body = faults.has('other_bytes') ? withAnotherByte(object.body) : object.body;
  const all = { ...headers, etag: `"${etag}"`, 'accept-ranges': 'bytes' };
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  if (first === undefined) return { status: 200, headers: all, body };
  const from = Number(first);
  if (from >= body.length) return s3Error('InvalidRange');
  const to = last ? Math.min(Number(last), body.length - 1) : body.length - 1;
  const range = { 'content-range': `bytes ${from}-${to}/${body.length}` };
  return { status: 206, headers: { ...all, ...range }, body: body.subarray(from, to + 1) };
}

function withAnotherByte(body: Buffer): Buffer {
  const other = Buffer.from(body);
  const place = Math.floor(other.length / 2);
  other[place] = (other[place] ?? 0) ^ 1;
  return other;
}
