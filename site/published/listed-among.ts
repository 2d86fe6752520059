import { readPublished } from './read-published.ts';

/**
 * The revision at which each of these gists is listed in the newest snapshot; those that are not listed are left out. A
 * page that tells of more than published files goes without links while they cannot be read.
 */
export async function listedAmong(
  gistIds: readonly string[],
  locals: Pick<App.Locals, 'report'>,
): Promise<ReadonlyMap<string, string>> {
  const rows = await readPublished(locals, (listing) =>
    Promise.all([...new Set(gistIds)].map((gistId) => listing.row(gistId))),
  );
  const listed = (rows ?? []).filter((row) => row !== null);
  return new Map(listed.map((row) => [row.gist_id, row.gist_version]));
}
