import { join } from 'node:path';
import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { z } from 'zod';
import { filesBelow } from '../../copy/entries.ts';
import { groundOf, type Survey } from '../../copy/survey.ts';
import type { Aside, Found, Task } from './found.ts';
import { link, wholeTask } from './sessions.ts';

/** Whom a row of a Parquet file tells of. */
export const rowIdentity = z.object({ gist_id: z.string(), gist_version: z.string().nullish() });

/** Rows of `parquet/` that were made of sessions which may not stay. Reads those columns alone that tell whose they are. */
export async function* rowTasks(copy: string, survey: Survey, aside: Aside): AsyncGenerator<Task> {
  for await (const entry of filesBelow(copy, 'parquet')) {
    if (entry.kind !== 'file') {
      yield await wholeTask(copy, entry, null, link, 'parquet');
      continue;
    }
    const found = new Map<string, Found>();
    let kept = 0;
    try {
      for await (const { gist_id, gist_version, bytes } of identities(join(copy, entry.path), aside.signal)) {
        const ground = groundOf(survey, gist_id, gist_version ?? null);
        if (ground === null) {
          kept += 1;
          aside.met(gist_id, entry.path);
          continue;
        }
        const key = `${gist_id} ${ground.kind}`;
        const whose = { place: 'parquet', path: entry.path, gist_id, ...ground } as const;
        const one = found.get(key) ?? { ...whose, lines: 0, bytes: 0 };
        found.set(key, { ...one, lines: (one.lines ?? 0) + 1, bytes: one.bytes + bytes });
      }
    } catch (error) {
      aside.signal.throwIfAborted();
      if (!isUnreadable(error)) throw error;
      const sentence = `${entry.path} cannot be read as Parquet with a column gist_id, so nobody can tell whose sessions it holds. Move it elsewhere, or make it again.`;
      aside.obstacle({ path: entry.path, sentence });
      continue;
    }
    if (found.size === 0) continue;
    yield { path: entry.path, what: kept === 0 ? 'all' : 'rows', found: [...found.values()] };
  }
}

/** What the disk says has a code; the rest is about what the file holds. */
function isUnreadable(error: unknown): boolean {
  return error instanceof Error && !('code' in error);
}

/** Each row's gist, with an equal part of the bytes of its row group. */
async function* identities(
  path: string,
  signal: AbortSignal,
): AsyncGenerator<z.infer<typeof rowIdentity> & { bytes: number }> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const columns = ['gist_id', 'gist_version'].filter((name) => columnsOf(metadata).includes(name));
  for (const { rowStart, rowEnd, bytes } of rowGroups(metadata)) {
    signal.throwIfAborted();
    const rows = await parquetReadObjects({ file, metadata, columns, rowStart, rowEnd });
    for (const row of rows) yield { ...rowIdentity.parse(row), bytes: Math.round(bytes / rows.length) };
  }
}

/** Names of a Parquet file's columns: the children of its schema's root. */
export function columnsOf({ schema }: FileMetaData): string[] {
  const names: string[] = [];
  let at = 1;
  for (let left = schema[0]?.num_children ?? 0; left > 0; left -= 1) {
    names.push(schema[at]?.name ?? '');
    at = endOf(schema, at);
  }
  return names;
}

/** Where the element after this one and all below it is. */
function endOf(schema: FileMetaData['schema'], at: number): number {
  let end = at + 1;
  for (let left = schema[at]?.num_children ?? 0; left > 0; left -= 1) end = endOf(schema, end);
  return end;
}

export function rowGroups({
  row_groups,
}: FileMetaData): { rowStart: number; rowEnd: number; bytes: number }[] {
  let rowStart = 0;
  return row_groups.map((group) => {
    const rowEnd = rowStart + Number(group.num_rows);
    const bytes = Number(group.total_compressed_size ?? group.total_byte_size);
    const one = { rowStart, rowEnd, bytes };
    rowStart = rowEnd;
    return one;
  });
}
