import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { derivedOf } from '#domain/combine.ts';
import { declarationFile, readDeclaration } from '#domain/declaration.ts';
import { blocking } from '#domain/finding.ts';
import { problems } from '#domain/transcript/problem.ts';
import { toFindings } from '#inspect/findings.ts';
import { inspectFile } from '#inspect/inspect-file.ts';
import { withoutFound } from '#inspect/words.ts';
import { openFile, unreadable } from './open-file.ts';

interface Tools {
  failOn: 'high' | null;
  /** Takes a line of the output. */
  print: (line: string) => void;
  /** Told, as a sentence, of what could not be read. */
  complain: (sentence: string) => void;
}

/** Inspects local files, one after another, and resolves to the exit code: 0, 1 by `failOn`, 2 for an unreadable file. */
export async function run(paths: readonly string[], tools: Tools): Promise<number> {
  const declared = await readDeclared(paths, tools);
  let exitCode = 0;
  for (const path of paths) {
    try {
      const line = await inspectPath(path, declared);
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

async function inspectPath(path: string, declared: ReadonlySet<string>) {
  const { source, size, close } = await openFile(path);
  try {
    const { reading, hits, omitted, gitBlobSha, bytes } = await inspectFile(source, size);
    const [derived] = await withoutFound([derivedOf(reading)]);
    return {
      path,
      ...derived,
      findings: toFindings(hits, { file: basename(path), gitBlobSha }, declared),
      findings_omitted: omitted,
      bytes,
      git_blob_sha: gitBlobSha,
      problems: reading.problems.map((problem) => ({ ...problem, sentence: problems[problem.code] })),
    };
  } finally {
    await close();
  }
}

/** Fingerprints that an openagentsessions.json among the files declares to be no secrets. */
async function readDeclared(paths: readonly string[], tools: Tools): Promise<Set<string>> {
  const declared = new Set<string>();
  for (const path of paths.filter((each) => basename(each) === declarationFile)) {
    // Where it cannot be read, its own turn among the files says so.
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text === null) continue;
    const read = readDeclaration(text);
    if ('problem' in read) tools.complain(`${path} is not taken as a declaration. ${read.problem}`);
    else for (const fingerprint of read.declaration.false_positives ?? []) declared.add(fingerprint);
  }
  return declared;
}
