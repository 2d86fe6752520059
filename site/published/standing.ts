import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MonthStanding, standing } from '#domain/standing.ts';
import { latestFolder } from './snapshot.ts';

/**
 * What became of all sessions that were ever listed, as the newest snapshot of the folder tells it, oldest month first;
 * null without a snapshot, or with one of before schema version 1.3.
 */
export async function publishedStanding(folder: string): Promise<MonthStanding[] | null> {
  const latest = await latestFolder(folder);
  if (latest === null) return null;
  try {
    return standing.parse(JSON.parse(await readFile(join(latest, 'standing.json'), 'utf8'))).months;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
