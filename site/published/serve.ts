import { realpath } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolve, sep } from 'node:path';
import { sendFile } from './send-file.ts';

/** Which published file an address asks for: its path below the folder, or null when it asks for something else. */
export function publishedPath(address: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(address.replace(/[?#].*$/s, ''));
  } catch {
    return null;
  }
  if (path === '/urls.txt') return 'latest/urls.txt';
  const [, below] = /^\/dataset\/(latest\/[\w.-]+|snapshots\/[\w-]+\/[\w.-]+)$/.exec(path) ?? [];
  return below === undefined || below.split('/').includes('..') ? null : below;
}

/** Answers `/urls.txt`, `/dataset/latest/*` and `/dataset/snapshots/<id>/*` from `folder`, read anew each time. */
export function servePublished(folder: string) {
  return async (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => {
    const path = publishedPath(request.url ?? '');
    if (path === null || !['GET', 'HEAD'].includes(request.method ?? '')) return next();
    try {
      const root = await realpath(folder);
      const file = await realpath(resolve(root, path));
      if (!file.startsWith(root + sep)) return next();
      await sendFile(file, request, response);
    } catch (error) {
      next((error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : error);
    }
  };
}
