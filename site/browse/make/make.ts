import { open, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { browseFiles, type FileSize } from '../files.ts';
import type { Summary } from '../summary.ts';
import { usual } from './layout.ts';
import { writeIndex } from './write-index.ts';
import { writeLists } from './write-lists.ts';

/** From so many bytes of rows on, a thread of its own is worth its start. */
const worthThread = 20_000_000;

/**
 * Makes the browse files of a snapshot's submissions.ndjson in an empty folder. The same lines give the same bytes. Throws
 * one sentence where a line is no row.
 */
export async function makeBrowse(
  submissions: string,
  snapshotId: string,
  folder: string,
  layout = usual,
): Promise<Summary> {
  const { size } = await stat(submissions);
  const listing = size < worthThread ? writeLists : listsThread;
  const lists = listing(submissions, folder, layout);
  // What is wrong with a line is told best by whoever looks at each.
  lists.catch(() => undefined);
  const index = await writeIndex(submissions, snapshotId, folder, layout);
  await lists;
  const sizes = await Promise.all(browseFiles.map(async (name) => [name, await sizeOf(join(folder, name))]));
  const summary: Summary = { ...index, files: index.sessions === 0 ? null : Object.fromEntries(sizes) };
  await writeFile(join(folder, 'summary.json'), `${JSON.stringify(summary)}\n`);
  return summary;
}

/** `writeLists` beside this thread. */
async function listsThread(...workerData: Parameters<typeof writeLists>): Promise<void> {
  const thread = new Worker(join(import.meta.dirname, 'lists-thread.ts'), { workerData });
  await new Promise<void>((resolve, reject) => {
    thread.once('error', reject);
    thread.once('exit', () => resolve());
  });
}

async function sizeOf(path: string): Promise<FileSize> {
  await using handle = await open(path);
  const { size } = await handle.stat();
  const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, size - 8);
  return { bytes: size, footer: buffer.readUInt32LE() + 8 };
}
