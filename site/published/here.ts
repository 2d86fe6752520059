import { currentListing } from './current-listing.ts';
import type { Here } from './recipes.ts';
import { repositoryName } from './repository-name.ts';

/** What recipes need to know of this site. `address` is where it is. */
export async function here(address: URL | undefined): Promise<Here> {
  const { manifest } = await currentListing();
  return {
    site: new URL('/', address).href.replace(/\/$/, ''),
    snapshot: manifest?.snapshot_dir ?? null,
    repository: repositoryName(import.meta.env.REPOSITORY_URL),
  };
}
