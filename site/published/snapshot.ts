import { realpath } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder `latest` stands for just now, or null as long as nothing was exported. */
export async function latestFolder(folder: string): Promise<string | null> {
  try {
    return await realpath(join(folder, 'latest'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
