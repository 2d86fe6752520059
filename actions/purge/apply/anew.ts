import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Puts another file in the place of one in the copy, by one rename: whoever reads finds the one or the other, whole.
 * `write` makes it at the path it is given.
 */
export async function putAnew(
  copy: string,
  path: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = join(copy, '.part', `purge-${basename(path)}`);
  await mkdir(dirname(temporary), { recursive: true });
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
