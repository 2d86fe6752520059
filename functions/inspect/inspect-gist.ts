import { combine, countedFiles, derivedOf } from '#domain/combine.ts';
import { type Declaration, declarationFile, readDeclaration } from '#domain/declaration.ts';
import type { Finding } from '#domain/finding.ts';
import type { Gist, GistFile } from '#domain/gist.ts';
import type { InspectedFile, Inspection } from '#domain/inspection.ts';
import { formatsVersion } from '#domain/transcript/version.ts';
import type { GitHub } from '#github/client.ts';
import type { Failure } from '#github/failure.ts';
import type { InlineContent } from '#github/gists.ts';
import { RawInterrupted, readRawFile } from '#github/raw-file.ts';
import { textAround } from './beside-files.ts';
import { toFindings } from './findings.ts';
import { type FileReading, inspectFile } from './inspect-file.ts';
import { rulesetVersion } from './secrets/ruleset.ts';

export type GistInspection = { kind: 'inspection'; inspection: Inspection } | Failure;

/** Files fetched at a time. */
const atOnce = 4;
/** Findings kept of a gist; the rest is counted. */
const maxFindings = 1000;

/**
 * Reads all files of a gist at the revision it was read at: what came with the answer, else from the raw host. Each must
 * be the bytes git names. GitHub's failures are answered as such, and so is a file that is not what the gist says: then
 * nothing is known, and nothing should change.
 */
export async function inspectGist(
  github: GitHub,
  gist: Gist,
  inline: InlineContent,
): Promise<GistInspection> {
  const declared = await readDeclared(github, gist, inline);
  if ('kind' in declared) return declared;

  const readings: FileReading[] = [];
  for (let start = 0; start < gist.files.length; start += atOnce) {
    const batch = gist.files.slice(start, start + atOnce);
    for (const read of await Promise.all(batch.map((file) => readFile(github, file, inline)))) {
      if ('kind' in read) return read;
      readings.push(read);
    }
  }

  const fingerprints = new Set(declared.declaration?.false_positives);
  const found = await textAround(gist, fingerprints);
  gist.files.forEach(({ name, gitBlobSha }, i) => {
    found.push(...toFindings(readings[i]?.hits ?? [], { file: name, gitBlobSha }, fingerprints));
  });
  const findings = mostSevere(found);
  const files = inspectedFiles(gist.files, readings);
  return {
    kind: 'inspection',
    inspection: {
      scanner_version: rulesetVersion,
      formats_version: formatsVersion,
      files,
      derived: combine(files),
      findings,
      findings_omitted:
        found.length - findings.length + readings.reduce((sum, { omitted }) => sum + omitted, 0),
      declared: declared.declaration,
      declaration_problem: declared.problem,
    },
  };
}

/** Was this inspection made by the rules and format modules of today? */
export function isCurrent(made: Pick<Inspection, 'scanner_version' | 'formats_version'>): boolean {
  return made.scanner_version === rulesetVersion && made.formats_version === formatsVersion;
}

async function readFile(
  github: GitHub,
  file: GistFile,
  inline: InlineContent,
): Promise<FileReading | Failure> {
  const text = inline.get(file.name);
  if (text !== undefined) {
    const read = await inspectFile([Buffer.from(text)], file.bytes);
    // Text in an answer is not always the bytes in git: those that are not UTF-8 are lost in it.
    if (read.gitBlobSha === file.gitBlobSha) return read;
  }
  return fromRaw(github, file, async (bytes) => {
    const read = await inspectFile(bytes, file.bytes);
    if (read.gitBlobSha !== file.gitBlobSha) throw new RawInterrupted('not the bytes git names');
    return read;
  });
}

/** The declaration among the files; nothing of it is known when the gist has none, or it is not as it should be. */
async function readDeclared(
  github: GitHub,
  gist: Gist,
  inline: InlineContent,
): Promise<{ declaration: Declaration | null; problem: string | null } | Failure> {
  const file = gist.files.find(({ name }) => name === declarationFile);
  if (!file) return { declaration: null, problem: null };
  const text =
    inline.get(file.name) ??
    (await fromRaw(github, file, textOf));
  if (typeof text !== 'string') return text;
  const read = readDeclaration(text);
  return 'problem' in read
    ? { declaration: null, problem: read.problem }
    : { declaration: read.declaration, problem: null };
}

/** What is made of a file's bytes from the raw host; a failure when they do not come as they should. */
async function fromRaw<T>(
  github: GitHub,
  file: GistFile,
  use: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T | Failure> {
  const raw = await readRawFile(github, file);
  let failure: Failure;
  if (raw.kind === 'bytes') {
    try {
      return await use(raw.bytes);
    } catch (error) {
      if (!(error instanceof RawInterrupted)) throw error;
      failure = { kind: 'unavailable', retryAfter: 60, why: error.message };
    }
  } else failure = raw;
  if (failure.kind === 'unavailable') github.options.log(`raw file not read: ${failure.why}`);
  return failure;
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function inspectedFiles(files: readonly GistFile[], readings: readonly FileReading[]): InspectedFile[] {
  const counted = countedFiles(
    readings.map(({ reading }) => ({
      rendered: reading.summary?.rendered ?? false,
      derived: derivedOf(reading),
    })),
  );
  return readings.map(({ reading, bytes }, i) => ({
    name: files[i]?.name ?? '',
    bytes,
    counted: counted[i] ?? false,
    problems: reading.problems,
    ...derivedOf(reading),
  }));
}

/** High ones are kept first; then in the order of the files. */
function mostSevere(found: readonly Finding[]): Finding[] {
  if (found.length <= maxFindings) return [...found];
  const high = found.filter(({ severity }) => severity === 'high');
  const low = found.filter(({ severity }) => severity === 'low');
  return [...high, ...low].slice(0, maxFindings);
}
