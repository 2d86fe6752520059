import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rename, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeBrowse } from '../browse/make/make.ts';

const place = join(tmpdir(), `openagentsessions-browse-${process.pid}`);
const making = new Map<string, Promise<string>>();
process.once('exit', () => rmSync(place, { recursive: true, force: true }));

/**
 * The folder of a snapshot folder's browse files, made when it is first asked for and kept as long as this process lives. A
 * build's pages, the dev server's and their integration each have a copy of this module, so what is made is found on disk.
 */
export async function madeBrowse(snapshot: string, id: string): Promise<string> {
  const submissions = join(snapshot, 'submissions.ndjson');
  const { mtimeMs, size } = await stat(submissions);
  const key = createHash('sha256').update(`${snapshot} ${id} ${mtimeMs} ${size}`).digest('hex').slice(0, 16);
  const folder = join(place, key);
  if (existsSync(folder)) return folder;
  const made = making.get(key) ?? make(submissions, id, folder).finally(() => making.delete(key));
  making.set(key, made);
  return made;
}

async function make(submissions: string, id: string, folder: string): Promise<string> {
  await mkdir(place, { recursive: true });
  const unfinished = await mkdtemp(`${folder}-`);
  await makeBrowse(submissions, id, unfinished);
  await rename(unfinished, folder).catch((error: unknown) => {
    // Another copy of this module was faster, with the same bytes.
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true, force: true });
  });
  return folder;
}
