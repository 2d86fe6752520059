import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ForeignManifest, readManifest } from '#domain/read-manifest.ts';
import { snapshotFolder } from '../export/output-folder.ts';

/** How a published snapshot is older than the one that is here: by its time, or by the log it was made from. */
export interface SetBack {
  kind: 'older';
  by: 'id' | 'log_seq';
  here: string;
  there: string;
}

/** Would `latest` go back, in time or in the log? Null where it would not. */
export async function findSetBack(
  output: string,
  here: string | null,
  there: ForeignManifest,
): Promise<SetBack | null> {
  if (here === null) return null;
  const ids = { kind: 'older' as const, here, there: there.snapshot_id };
  if (here > there.snapshot_id) return { ...ids, by: 'id' };
  const path = join(snapshotFolder(output, here), 'manifest.json');
  const read = readManifest(await readFile(path, 'utf8').catch(() => ''));
  const isBack = read.kind === 'manifest' && read.manifest.log_seq > there.log_seq;
  return isBack ? { ...ids, by: 'log_seq' } : null;
}

/** Why it is refused, without what to do about it. */
export function setBackWords({ by, here, there }: SetBack, place: string): string {
  return by === 'id'
    ? `The newest snapshot at ${place} is ${there}, older than ${here}, which is here.`
    : `The newest snapshot at ${place} is ${there}. It knows less of the log than ${here}, which is here, though it is said to be newer.`;
}
