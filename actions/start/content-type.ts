/** Types of the dataset's files that the static handler does not know. */
const types: [ending: string, type: string][] = [
  ['.ndjson', 'application/x-ndjson; charset=utf-8'],
  ['/SHA256SUMS', 'text/plain; charset=utf-8'],
];

/** The content type of a published file by its address, where the static handler would guess wrong. */
export function publishedContentType(url: string): string | undefined {
  const path = url.split('?')[0] ?? '';
  return path.startsWith('/dataset/') ? types.find(([ending]) => path.endsWith(ending))?.[1] : undefined;
}
