import type { APIRoute } from 'astro';
import { publishedSnapshots } from '../../published/snapshots.ts';

/** The snapshots this site has a copy of, newest first, one a line: the manifest without its files, and one hash. */
export const GET: APIRoute = async () => {
  const lines = (await publishedSnapshots(import.meta.env.DATASET_FOLDER)).map(
    ({ manifest: { files: _, latest_dir: __, ...told }, sums, bytes }) =>
      `${JSON.stringify({ ...told, bytes, sha256sums_sha256: sums })}\n`,
  );
  return new Response(lines.join(''), {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8' },
  });
};
