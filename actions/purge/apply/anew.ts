import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { entryAt } from '../../copy/entries.ts';
import { JobFailure } from '../../failure.ts';

const partIsLink = '.part is a link, and nothing is written through it. Remove it, then run this again.';

/**
 * Puts another file in the place of one in the copy, by one rename: whoever reads finds the one or the other, whole.
 * `write` makes it at the path it is given. Throws JobFailure where it would be made outside the copy.
 */
export async function putAnew(
  copy: string,
  path: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = join(copy, '.part', `purge-${basename(path)}`);
  if (entryAt(copy, '.part')?.kind === 'link') throw new JobFailure(partIsLink);
  await mkdir(dirname(temporary), { recursive: true });
  // Whatever has that name may be a link, and lead elsewhere.
  await rm(temporary, { recursive: true, force: true });
  try {
    await write(temporary);
    await sync(temporary);
    await rename(temporary, join(copy, path));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await sync(dirname(join(copy, path)));
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
