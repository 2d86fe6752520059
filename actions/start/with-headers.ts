import type { RequestListener } from 'node:http';
import { faceHeaders } from '#domain/face-headers.ts';
import { publishedType } from '#domain/published-type.ts';
import { guard } from './guard.ts';

/** Prerendered pages and files do not pass the middleware, so the headers are set around everything. */
export function withHeaders(
  handler: RequestListener,
  headers: Readonly<Record<string, string>>,
): RequestListener {
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (guard(request, response)) return;
    const path = (request.url ?? '').replace(/[?#].*$/s, '');
    for (const [name, value] of Object.entries(faceHeaders(path))) response.setHeader(name, value);
    const file = /^\/dataset\/(?:latest|snapshots\/[^/?]+)\/([^/?]+)/.exec(request.url ?? '')?.[1];
    // The static handler does not know all of their types, and keeps one that is set.
    if (file !== undefined) response.setHeader('content-type', publishedType(file));
    return handler(request, response);
  };
}
