import { readdir } from 'node:fs/promises';

/** What a copy gets after its first snapshot: without one, it is somebody else's. */
const later = ['sessions', 'store', 'sts', 'messages', 'parquet', 'status.ndjson'];

/** Names in a folder that no snapshot was ever pulled to and that a copy would write over; none where it is a copy, or free to be one. */
export async function foreignNames(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.includes('snapshots') || names.includes('latest')
    ? []
    : later.filter((name) => names.includes(name));
}
