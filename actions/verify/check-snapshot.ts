import { join } from 'node:path';
import type { CurrentSnapshot } from '../copy/current.ts';
import type { Report } from './finding.ts';
import { lookAt, sha256 } from './hash-file.ts';

/** Reads every file of the snapshot that its manifest tells of. */
export async function checkSnapshot(
  { id, folder, manifest }: CurrentSnapshot,
  report: Report,
  got: (bytes: number) => void,
  turn: () => Promise<void>,
): Promise<void> {
  for (const [name, { sha256: hash, bytes }] of Object.entries(manifest.files)) {
    const looked = lookAt(join(folder, name), sha256(hash, bytes), got);
    const path = `snapshots/${id}/${name}`;
    if (looked.kind === 'absent') report('missing', path, null);
    else if (looked.kind === 'link') report('link', path, null);
    else if (looked.kind === 'damaged') report('damaged', path, null, looked.why);
    await turn();
  }
}
