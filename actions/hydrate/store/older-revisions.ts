import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { blobShaOf } from './blob-check.ts';
import type { Store } from './store.ts';

/** Takes away the folders of a gist's other revisions, and of their files in the store those that nothing else needs. */
export function removeOtherRevisions(gistFolder: string, revision: string, store: Store): void {
  for (const name of readdirSync(gistFolder)) {
    // What somebody else keeps there stays.
    if (name === revision || !/^[0-9a-f]{40}$/.test(name)) continue;
    const folder = join(gistFolder, name);
    // A link is taken away as one, and what it leads to is left alone.
    const files = lstatSync(folder).isDirectory() ? readdirSync(folder) : [];
    const shas = files.map((file) => blobShaOf(join(folder, file)));
    rmSync(folder, { recursive: true, force: true });
    for (const sha of shas) if (sha !== null) store.release(sha);
  }
}
