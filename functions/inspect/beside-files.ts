import { createHash } from 'node:crypto';
import { besideFiles, blocking, type Finding } from '#domain/finding.ts';
import type { Gist } from '#domain/gist.ts';
import { toFindings } from './findings.ts';
import { scanText } from './secrets/scan-text.ts';

/** What files of sessions end with; `ada@2026.jsonl` is no mail address, `ada@tides.net.jsonl` holds one. */
const endings = /(?:\.(?:jsonl?|ndjson|md|txt|html?|traj|log|csv|ya?ml))+$/i;

/** A name is published as it is, and no mail address may be. */
function weightInName({ detector, severity }: Finding): Pick<Finding, 'severity'> {
  return { severity: detector === 'mail-address' ? 'high' : severity };
}

/**
 * Findings in what is published of a gist beside its files' content: the description and the file names. A name that
 * holds one is not repeated; its place among the names is the line.
 */
export async function textAround(gist: Gist, declared: ReadonlySet<string>): Promise<Finding[]> {
  const found = await findingsIn(besideFiles.description, gist.description ?? '', declared);
  for (const [i, { name }] of gist.files.entries()) {
    // Each by itself: what is declared of a name holds whatever other files come.
    const named = await findingsIn(besideFiles.fileNames, name.replace(endings, ''), declared);
    found.push(...named.map((finding) => ({ ...finding, ...weightInName(finding), line: i + 1 })));
  }
  return found;
}

/** The names of a gist's files, one that holds a secret not repeated. `around` is what `textAround` found. */
export function shownNames(gist: Gist, around: readonly Finding[]): string[] {
  const secret = new Set(
    blocking(around)
      .filter(({ file }) => file === besideFiles.fileNames)
      .map(({ line }) => line),
  );
  return gist.files.map(({ name }, i) => (secret.has(i + 1) ? `(file ${i + 1})` : name));
}

async function findingsIn(place: string, text: string, declared: ReadonlySet<string>): Promise<Finding[]> {
  const gitBlobSha = createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
  return toFindings(await scanText(text), { file: place, gitBlobSha }, declared);
}
