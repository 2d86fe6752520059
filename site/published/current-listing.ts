import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { manifest as manifestShape } from '#domain/snapshot.ts';
import { summary as summaryShape } from '../browse/summary.ts';
import type { Listing } from './listing.ts';
import { nothingListed, openListing } from './open-listing.ts';
import { latestFolder } from './snapshot.ts';

let kept: { key: string; listing: Promise<Listing> } | null = null;

/**
 * The newest export; on a built site the one it was built from. Read once in a build and once by a built site; in
 * development read again when another export has taken its place, told by the folder `latest` stands for and its
 * manifest's time.
 */
export async function currentListing(): Promise<Listing> {
  if (kept !== null && import.meta.env.PROD) return kept.listing;
  const latest = await latestFolder(import.meta.env.DATASET_FOLDER);
  const key = latest === null ? '' : `${latest} ${(await stat(join(latest, 'manifest.json'))).mtimeMs}`;
  if (kept?.key !== key) {
    const listing = latest === null ? Promise.resolve(nothingListed) : read(latest);
    kept = { key, listing };
    // What could not be read may be there at the next request.
    listing.catch(() => {
      kept = null;
    });
  }
  return kept.listing;
}

async function read(latest: string): Promise<Listing> {
  const manifest = manifestShape.parse(JSON.parse(await readFile(join(latest, 'manifest.json'), 'utf8')));
  const browse = await browseFolder(latest, manifest.snapshot_id);
  const summary = summaryShape.parse(JSON.parse(await readFile(join(browse, 'summary.json'), 'utf8')));
  if (summary.sessions !== manifest.record_count) {
    throw new Error(
      `${latest}/submissions.ndjson has ${summary.sessions} rows; its manifest says ${manifest.record_count}.`,
    );
  }
  return openListing({ manifest, summary, snapshot: latest, browse });
}

async function browseFolder(latest: string, id: string): Promise<string> {
  if (import.meta.env.BROWSE_FOLDER !== null) return join(import.meta.env.BROWSE_FOLDER, id);
  // In development; a build has made them already, and the server that is built does not have the code.
  const { madeBrowse } = await import('./made-browse.ts');
  return madeBrowse(latest, id);
}
