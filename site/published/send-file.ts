import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { publishedType } from '#domain/published-type.ts';

/**
 * Answers a GET or HEAD with a file, or with the range of it that is asked for, for the dev server: a built site's server
 * has its own way. https://www.rfc-editor.org/rfc/rfc9110#section-14
 */
export async function sendFile(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { size, mtime } = await stat(path);
  response.setHeader('content-type', publishedType(path));
  response.setHeader('last-modified', mtime.toUTCString());
  response.setHeader('accept-ranges', 'bytes');
  response.setHeader('cache-control', 'no-cache');
  const range = rangeOf(request.headers.range, size);
  if (range === 'beyond') {
    response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: size };
  if (range !== null) response.setHeader('content-range', `bytes ${start}-${end - 1}/${size}`);
  response.statusCode = range === null ? 200 : 206;
  response.setHeader('content-length', end - start);
  if (request.method === 'HEAD' || end === start) response.end();
  else await pipeline(createReadStream(path, { start, end: end - 1 }), response).catch(hungUp);
}

/** One range from a place on, or null where the whole is asked for; others than that are not used here. */
function rangeOf(header: string | undefined, size: number): { start: number; end: number } | 'beyond' | null {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined) return null;
  const start = Number(from);
  const end = to === '' || to === undefined ? size : Math.min(Number(to) + 1, size);
  return start >= size || end <= start ? 'beyond' : { start, end };
}

/** A visitor who does not wait for the rest is no error. */
function hungUp(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
}
