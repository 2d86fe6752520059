import type { APIContext } from 'astro';
import type { DatasetRow } from '#domain/dataset-row.ts';
import type { Manifest } from '#domain/snapshot.ts';
import { readPublished } from '../published/read-published.ts';
import { filesUnreadable, nothingHere } from './api/answer.ts';

/**
 * What `tell` makes of the row of the session that an address names; a problem where it is not listed (404), or where the
 * published files cannot be read (503), which is logged.
 */
export async function answerRow(
  { locals, params }: Pick<APIContext, 'locals' | 'params'>,
  tell: (row: DatasetRow, manifest: Manifest) => Response | Promise<Response>,
): Promise<Response> {
  const read = await readPublished(locals, async (listing) => ({
    manifest: listing.manifest,
    row: await listing.row(params.gist_id ?? ''),
  }));
  if (read === null) return filesUnreadable();
  const { manifest, row } = read;
  return row === null || manifest === null ? nothingHere() : tell(row, manifest);
}
