const types: Readonly<Record<string, string>> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

/** Content type of a published file by its name or path; SHA256SUMS has no ending and is text. */
export function publishedType(path: string): string {
  const name = path.split('/').at(-1) ?? '';
  const ending = /\.(\w+)$/.exec(name)?.[1] ?? 'txt';
  return types[ending] ?? 'application/octet-stream';
}
