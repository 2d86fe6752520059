import { lstat, rm, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Folders that stay, however empty. */
const tops = ['.', 'sessions', 'store', 'sts', 'messages', 'parquet', 'snapshots', '.part'];

/** Deletes what is at a path of the copy, and the folders it leaves empty. Of a link it deletes the link. */
export async function remove(copy: string, path: string): Promise<void> {
  const full = join(copy, path);
  const found = await lstat(full).catch(ifAbsent);
  if (found?.isDirectory()) await rm(full, { recursive: true, force: true });
  else if (found !== null) await unlink(full);
  for (let folder = dirname(path); !tops.includes(folder); folder = dirname(folder)) {
    const isEmpty = await rmdir(join(copy, folder)).then(
      () => true,
      () => false,
    );
    if (!isEmpty) break;
  }
}

function ifAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
