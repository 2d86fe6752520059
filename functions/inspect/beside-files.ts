import { createHash } from 'node:crypto';
import type { Finding } from '#domain/finding.ts';
import type { Gist } from '#domain/gist.ts';
import { toFindings } from './findings.ts';
import { scanText } from './secrets/scan-text.ts';

/** Findings in what is published of a gist beside its files' content: the description and the file names. */
export async function textAround(gist: Gist, declared: ReadonlySet<string>): Promise<Finding[]> {
  const names = gist.files.map(({ name }) => name).join('\n');
  const parts = [
    { file: '(description)', text: gist.description ?? '' },
    // A name that holds a secret is not repeated; its place in the list is the line.
    { file: '(file names)', text: names },
  ];
  const found = await Promise.all(
    parts.map(async ({ file, text }) => {
      const gitBlobSha = createHash('sha1')
        .update(`blob ${Buffer.byteLength(text)}\0${text}`)
        .digest('hex');
      return toFindings(await scanText(text), { file, gitBlobSha }, declared);
    }),
  );
  return found.flat();
}
