import { combine, countedFiles, derivedOf } from '#domain/combine.ts';
import { blocking, type Finding, placeBeside } from '#domain/finding.ts';
import type { Gist } from '#domain/gist.ts';
import type { InspectedFile, Inspection } from '#domain/inspection.ts';
import { formatsVersion } from '#domain/transcript/version.ts';
import type { GitHubReader } from '#github/client.ts';
import type { Failure } from '#github/failure.ts';
import type { InlineContent } from '#github/gists.ts';
import { shownNames, textAround } from './beside-files.ts';
import { toFindings } from './findings.ts';
import { inspectGistFile, readDeclared } from './gist-file.ts';
import type { FileReading } from './inspect-file.ts';
import { rulesetVersion } from './secrets/ruleset.ts';
import { openTurns } from './turns.ts';
import { withoutFindings, withoutFound } from './words.ts';

export type GistInspection =
  | { kind: 'inspection'; inspection: Inspection }
  /** Too many gists are being inspected at this moment. */
  | { kind: 'busy'; retryAfter: number }
  /** It was not done within the time limit. */
  | { kind: 'too_long' }
  | Failure;

/** Files fetched at a time. */
const atOnce = 4;
/** Findings kept of a gist; the rest is counted. */
const maxFindings = 500;
/** Names of a kind kept of all files together, beside those of the gist as a whole. */
const maxFileNames = 2000;

/** Large gists inspected at a time by this process, which has other things to do; small ones are done in no time. */
const turns = openTurns(2);
const smallBytes = 512 * 1024;
/** How long a gist waits for its turn, and how long its inspection may take then, in milliseconds. */
const patienceMs = 20_000;
const limitMs = 60_000;

/**
 * Reads all files of a gist at the revision it was read at: what came with the answer, else from the raw host. Each must
 * be the bytes git names. GitHub's failures are answered as such, and so is a file that is not what the gist says: then
 * nothing is known, and nothing should change. The result may be kept and published: names out of the session files that
 * hold a secret are left out of it, and of what the owner declares all texts in which something is found.
 */
export async function inspectGist(
  github: GitHubReader,
  gist: Gist,
  inline: InlineContent,
): Promise<GistInspection> {
  const inspect = async (): Promise<GistInspection> => {
    const limit = AbortSignal.timeout(limitMs);
    try {
      return await inspectNow(github, gist, inline, limit);
    } catch (error) {
      if (limit.aborted) return { kind: 'too_long' };
      throw error;
    }
  };
  const bytes = gist.files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes <= smallBytes) return inspect();
  return (await turns.run(gist.owner?.id ?? '', inspect, patienceMs)) ?? { kind: 'busy', retryAfter: 30 };
}

async function inspectNow(
  github: GitHubReader,
  gist: Gist,
  inline: InlineContent,
  limit: AbortSignal,
): Promise<GistInspection> {
  const declared = await readDeclared(github, gist, inline, limit);
  if ('kind' in declared) return declared;

  const readings: FileReading[] = [];
  for (let start = 0; start < gist.files.length; start += atOnce) {
    const batch = gist.files.slice(start, start + atOnce);
    for (const read of await Promise.all(batch.map((file) => inspectGistFile(github, file, inline, limit)))) {
      if ('kind' in read) {
        limit.throwIfAborted();
        return read;
      }
      readings.push(read);
    }
  }

  const { declaration } = declared;
  const fingerprints = new Set(declaration?.false_positives);
  const found = await textAround(gist, fingerprints);
  const names = shownNames(gist, found);
  readings.forEach(({ hits, gitBlobSha }, i) => {
    found.push(...toFindings(hits, { file: names[i] ?? '', gitBlobSha }, fingerprints));
  });
  const findings = weightiest(found);
  const files = await withoutFound(inspectedFiles(names, readings));
  return {
    kind: 'inspection',
    inspection: {
      scanner_version: rulesetVersion,
      formats_version: formatsVersion,
      files: files.map((file) => fewerNames(file, Math.ceil(maxFileNames / files.length))),
      derived: combine(files),
      findings,
      findings_omitted:
        found.length - findings.length + readings.reduce((sum, { omitted }) => sum + omitted, 0),
      declared: declaration && (await withoutFindings(declaration)),
      declaration_problem: declared.problem,
    },
  };
}

/** Was this inspection made by the rules and format modules of today? */
export function isCurrent(made: Pick<Inspection, 'scanner_version' | 'formats_version'>): boolean {
  return made.scanner_version === rulesetVersion && made.formats_version === formatsVersion;
}

function inspectedFiles(names: readonly string[], readings: readonly FileReading[]): InspectedFile[] {
  const counted = countedFiles(
    readings.map(({ reading }) => ({
      rendered: reading.summary?.rendered ?? false,
      derived: derivedOf(reading),
    })),
  );
  return readings.map(({ reading, bytes }, i) => ({
    name: names[i] ?? '',
    bytes,
    counted: counted[i] ?? false,
    problems: reading.problems,
    ...derivedOf(reading),
  }));
}

function fewerNames(file: InspectedFile, most: number): InspectedFile {
  const { session_ids, models, tool_names, languages } = file;
  return {
    ...file,
    session_ids: session_ids?.slice(0, most) ?? null,
    models: models?.slice(0, most) ?? null,
    tool_names: tool_names?.slice(0, most) ?? null,
    languages: languages?.slice(0, most) ?? null,
  };
}

/**
 * When not all can be kept, those that block come first, then those beside the files, by which a description is no title,
 * and other high ones; each in the order of the files.
 */
function weightiest(found: readonly Finding[]): Finding[] {
  if (found.length <= maxFindings) return [...found];
  const blocks = new Set(blocking(found));
  const weight = (finding: Finding) => {
    if (blocks.has(finding)) return 2;
    return finding.severity === 'high' || placeBeside(finding) !== null ? 1 : 0;
  };
  return found.toSorted((a, b) => weight(b) - weight(a)).slice(0, maxFindings);
}
