import { basename } from 'node:path';
import { derivedOf } from '#domain/combine.ts';
import { contradictions } from '#domain/contradictions.ts';
import { blocking } from '#domain/finding.ts';
import { problems } from '#domain/transcript/problem.ts';
import { toFindings } from '#inspect/findings.ts';
import { inspectFile } from '#inspect/inspect-file.ts';
import { withoutFound } from '#inspect/words.ts';
import { type Declarations, readDeclarations } from './declarations.ts';
import { openFile, unreadable } from './open-file.ts';

interface Tools {
  failOn: 'high' | null;
  /** Takes a line of the output. */
  print: (line: string) => void;
  /** Told, as a sentence, of what could not be read. */
  complain: (sentence: string) => void;
  /** Ends it between two pieces of a file, by throwing its reason. */
  signal?: AbortSignal;
}

/** Inspects local files, one after another, and resolves to the exit code: 0, 1 by `failOn`, 2 for an unreadable file. */
export async function run(paths: readonly string[], tools: Tools): Promise<number> {
  const declarations = await readDeclarations(paths, tools.complain);
  let exitCode = 0;
  for (const path of paths) {
    try {
      const line = await inspectPath(path, declarations, tools.signal);
      tools.print(JSON.stringify(line));
      if (exitCode === 0 && tools.failOn !== null && blocking(line.findings).length > 0) exitCode = 1;
    } catch (error) {
      const why = unreadable(error);
      if (why === null) throw error;
      tools.complain(`${path} cannot be read: ${why}.`);
      tools.print(
        JSON.stringify({ path, ...derivedOf({ summary: null, problems: [] }), findings: [], error: why }),
      );
      exitCode = 2;
    }
  }
  return exitCode;
}

async function inspectPath(path: string, declarations: Declarations, signal?: AbortSignal) {
  const { source, size, close } = await openFile(path);
  try {
    const { reading, hits, omitted, gitBlobSha, bytes } = await inspectFile(source, size, signal);
    const told = derivedOf(reading);
    const [derived = told] = await withoutFound([told]);
    return {
      path,
      ...derived,
      findings: toFindings(hits, { file: basename(path), gitBlobSha }, declarations.fingerprints),
      findings_omitted: omitted,
      bytes,
      git_blob_sha: gitBlobSha,
      problems: reading.problems.map((problem) => ({ ...problem, sentence: problems[problem.code] })),
      contradictions: contradictions({ declared: declarations.about(path), derived }, null),
      ...declarations.of(path),
    };
  } finally {
    await close();
  }
}
