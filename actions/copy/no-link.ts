import { lstat } from 'node:fs/promises';
import { JobFailure } from '../failure.ts';

/** Throws JobFailure where a link is at this path: it may lead anywhere, and nothing is written through it. */
export async function refuseLink(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found?.isSymbolicLink())
    throw new JobFailure(
      `${path} is a link, and nothing is written through it. Remove it, then run this again.`,
    );
}
