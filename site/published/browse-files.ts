import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, join, resolve } from 'node:path';
import { linkFolder } from './link-folder.ts';
import { madeBrowse } from './made-browse.ts';
import { sendFile } from './send-file.ts';
import { latestFolder } from './snapshot.ts';

/** Makes the browse files of the newest snapshot, where pages then find them. */
export async function prepareBrowse(source: string): Promise<void> {
  const latest = await latestFolder(source);
  if (latest !== null) await madeBrowse(latest, basename(latest));
}

/** Puts the browse files of the newest snapshot below `client`, the folder of the built site, at `/browse/<id>/`. */
export async function copyBrowse(source: string, client: string): Promise<void> {
  const latest = await latestFolder(source);
  if (latest === null) return;
  const id = basename(latest);
  await linkFolder(await madeBrowse(latest, id), resolve(client, 'browse', id));
}

/** Answers `/browse/<id>/*` of the newest snapshot below `source`. */
export function serveBrowse(source: string) {
  return async (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => {
    const [, id, name] =
      /^\/browse\/([\w-]+)\/([a-z]+\.(?:parquet|json))(?:\?|$)/.exec(request.url ?? '') ?? [];
    if (id === undefined || name === undefined) return next();
    try {
      const latest = await latestFolder(source);
      if (latest === null || basename(latest) !== id) return next();
      await sendFile(join(await madeBrowse(latest, id), name), request, response);
    } catch (error) {
      next((error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : error);
    }
  };
}
