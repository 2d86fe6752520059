import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';

const later = /^\/dataset\/(latest\/(?:removed\.ndjson|status\.json)|withdrawn-snapshots\.json)$/;
const lasting = /^\/dataset\/(snapshots\/[\w-]+\/[\w.-]+)$/;

/**
 * Leads readers of published files to the bucket, at `address`, for what a built site cannot have in its folder `client`:
 * the departures and the status of the last hour, the list of withdrawn snapshots, and snapshots other than those it was
 * built with, so that an address once written down leads to the same bytes for good. Says whether it answered.
 */
export function leadToBucket(address: string, client: URL) {
  const missing = (path: string) => {
    const found = lasting.exec(path);
    return found && existsSync(fileURLToPath(new URL(`.${path}`, client))) ? null : found;
  };
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const path = (request.url ?? '').replace(/[?#].*$/s, '');
    const [, key] = later.exec(path) ?? missing(path) ?? [];
    if (key === undefined) return false;
    response.writeHead(302, { location: `${address}/${key}`, 'cache-control': 'public, max-age=60' }).end();
    return true;
  };
}
