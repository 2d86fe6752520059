import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './answer.ts';

/** GitHub's ETags differ with the token used, so one caller's is worth nothing to another. */
function etagOf(body: string | Buffer, authorization: string): string {
  return `W/"${createHash('sha256').update(authorization).update('\0').update(body).digest('hex')}"`;
}

function isKnown(headers: IncomingHttpHeaders, etag: string, lastModified: string | undefined): boolean {
  const known = headers['if-none-match'];
  if (known !== undefined) {
    const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
    return known.trim() === '*' || known.split(',').some((tag) => opaque(tag) === opaque(etag));
  }
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return lastModified !== undefined && Date.parse(lastModified) <= since;
}

/** Gives a 200 its ETag, and turns it into a 304 where the caller has it already. */
export function conditional(answer: Answer, headers: IncomingHttpHeaders): Answer {
  const { body } = answer;
  if (answer.status !== 200 || !(typeof body === 'string' || Buffer.isBuffer(body))) return answer;
  const { 'content-type': type = 'text/plain', 'last-modified': lastModified, ...rest } = answer.headers;
  const etag = rest.etag ?? etagOf(body, headers.authorization ?? '');
  const kept = { ...rest, etag, ...(lastModified ? { 'last-modified': lastModified } : {}) };
  if (isKnown(headers, etag, lastModified)) return { status: 304, headers: kept, body: '' };
  return { ...answer, headers: { ...kept, 'content-type': type } };
}
