/** Anybody's page may read them: they are public, and an answer does not depend on who asks. */
const readable = { 'access-control-allow-origin': '*' };
/** Whoever reads a file by ranges has to see which one it got, and of which file. */
const readableByRanges = {
  ...readable,
  'access-control-expose-headers': 'accept-ranges, content-range, etag',
};
/** They are there to be shown on other people's pages. */
const shown = { 'cross-origin-resource-policy': 'cross-origin' };

/** In order: the first whose path fits is meant. */
export const faces: readonly { path: RegExp; headers: Readonly<Record<string, string>> }[] = [
  {
    path: /^\/feed\.xml$|^\/feeds\/[^/]+\.xml$/,
    headers: { ...readable, 'content-type': 'application/atom+xml; charset=utf-8' },
  },
  {
    path: /^\/feed\.json$|^\/feeds\/[^/]+\.json$/,
    headers: { ...readable, 'content-type': 'application/feed+json; charset=utf-8' },
  },
  {
    path: /^\/api\/v1\/.+\.json$/,
    headers: { ...readable, 'content-type': 'application/json; charset=utf-8' },
  },
  {
    path: /^\/(?:(?:guide|sessions)\/)?[^/]+\.md$/,
    headers: { ...readable, 'content-type': 'text/markdown; charset=utf-8' },
  },
  {
    path: /^\/schema\/openagentsessions\.json$/,
    headers: { ...readable, 'content-type': 'application/schema+json; charset=utf-8' },
  },
  {
    path: /^\/dataset\/snapshots\.ndjson$/,
    headers: { ...readable, 'content-type': 'application/x-ndjson; charset=utf-8' },
  },
  // To be read before they are run: by its own type, a browser would save a script unseen.
  {
    path: /^\/dataset\/recipes\/[^/]+\.(?:sh|sql|py)$/,
    headers: { ...readable, 'content-type': 'text/plain; charset=utf-8' },
  },
  { path: /^\/llms\.txt$|^\/sitemap-index\.xml$|^\/sitemap\/[^/]+\.xml$/, headers: readable },
  { path: /^\/urls\.txt$|^\/dataset\/(?:latest|snapshots)\//, headers: readableByRanges },
  { path: /^\/cards\/[^/]+\.png$|^\/sessions\/[^/]+\/card\.png$/, headers: shown },
];

/**
 * What goes with an address that programs read, besides what every answer has: its type, where a server of files would
 * not know it, and that pages of other sites may read or show it. `path` is without the query.
 */
export function faceHeaders(path: string): Readonly<Record<string, string>> {
  return faces.find((face) => face.path.test(path))?.headers ?? {};
}
