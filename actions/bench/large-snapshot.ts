import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { HashedFile, writeHashed } from '../export/hashed-file.ts';
import { placesFile, writeParquet } from '../export/parquet/write-parquet.ts';
import { sealSnapshot } from '../export/write-snapshot.ts';
import { largeIndex } from './large-index.ts';

const exportedAt = new Date('2026-11-22T06:00:00.000Z');
const id = '2026-11-22T06-00-00-000Z';

/** Writes an output folder with one snapshot of `count` made-up sessions, as an export leaves it. */
export function writeLargeSnapshot(output: string, count: number): Promise<void> {
  return writeSnapshotOf(output, largeIndex(count));
}

/** Writes an output folder with one snapshot of these lines of a submissions.ndjson, newest approval first. */
export async function writeSnapshotOf(output: string, lines: Iterable<string>): Promise<void> {
  const folder = join(output, 'snapshots', id);
  await mkdir(folder, { recursive: true });
  const file = (name: string) => HashedFile.create(join(folder, name));
  await using submissions = await file('submissions.ndjson');
  await using urls = await file('urls.txt');
  await using places = await file(placesFile);
  let count = 0;
  let offset = 0;
  let held = { lines: '', urls: '', places: '' };
  const flush = async () => {
    await submissions.write(Buffer.from(held.lines));
    await urls.write(Buffer.from(held.urls));
    await places.write(Buffer.from(held.places));
    held = { lines: '', urls: '', places: '' };
  };
  for (const line of lines) {
    count += 1;
    const { gist_id, gist_url } = JSON.parse(line);
    const bytes = Buffer.byteLength(line);
    held.lines += `${line}\n`;
    held.urls += `${gist_url}\n`;
    held.places += `${gist_id}\t${offset}\t${bytes}\n`;
    offset += bytes + 1;
    if (held.lines.length > 1 << 20) await flush();
  }
  await flush();
  await places.finish();
  const files = {
    'urls.txt': await urls.finish(),
    'submissions.ndjson': await submissions.finish(),
    'removed.ndjson': await writeHashed(join(folder, 'removed.ndjson'), ''),
    ...(await writeParquet(folder, new AbortController().signal)),
  };
  const head = { recordCount: count, logSeq: 2 * count, verifiedFrom: null, verifiedTo: null };
  await sealSnapshot(folder, { id, exportedAt, head, previous: null }, files, { added: count });
  await symlink(`snapshots/${id}`, join(output, 'latest'));
}
