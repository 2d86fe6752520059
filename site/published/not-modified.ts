import type { Manifest } from '#domain/snapshot.ts';

/** Seconds for which a copy of a page made from published files is taken for the page. */
const maxAge = 60;

/** As much of a page’s `Astro` as its answer depends on. */
export interface Asked {
  request: Request;
  response: ResponseInit & { readonly headers: Headers };
}

/**
 * Lets caches keep a page that is made of a snapshot alone: the same snapshot and the same build make the same page.
 * Gives the answer to whoever has that page already, else null. In development nothing is kept.
 * https://www.rfc-editor.org/rfc/rfc9110#name-if-none-match
 */
export function notModified(
  { request, response }: Asked,
  { snapshot_id }: Pick<Manifest, 'snapshot_id'>,
  build: string = import.meta.env.BUILD_ID,
): Response | null {
  if (build === '') return null;
  const etag = `W/"${snapshot_id}.${build}"`;
  const headers = { 'cache-control': `public, max-age=${maxAge}`, etag };
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return knows(request.headers.get('if-none-match'), etag)
    ? new Response(null, { status: 304, headers })
    : null;
}

/**
 * Whether an If-None-Match names a tag. Compares weakly, as a GET does: proxies that compress may have put a `W/` before it
 * or taken it away.
 */
export function knows(given: string | null, etag: string): boolean {
  if (given === null) return false;
  const plain = (tag: string) => tag.trim().replace(/^W\//, '');
  return given.trim() === '*' || given.split(',').some((tag) => plain(tag) === plain(etag));
}
