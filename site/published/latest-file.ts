import { join } from 'node:path';
import { latestFolder } from './snapshot.ts';

/** Where a file of the newest snapshot is; null as long as nothing was exported. */
export async function latestFile(name: string): Promise<string | null> {
  const folder = await latestFolder(import.meta.env.DATASET_FOLDER);
  return folder === null ? null : join(folder, name);
}
