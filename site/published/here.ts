import { currentListing } from './current-listing.ts';
import type { Here } from './recipes.ts';

/** What recipes need to know of this site. `address` is where it is. */
export async function here(address: URL | undefined): Promise<Here> {
  const { manifest } = await currentListing();
  return {
    site: new URL('/', address).href.replace(/\/$/, ''),
    snapshot: manifest?.snapshot_dir ?? null,
    // A build writes an empty one where nobody said.
    repository: import.meta.env.REPOSITORY_URL || null,
  };
}
