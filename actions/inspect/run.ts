import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { derivedOf } from '#domain/combine.ts';
import { declarationFile, readDeclaration } from '#domain/declaration.ts';
import { blocking } from '#domain/finding.ts';
import { problems } from '#domain/transcript/problem.ts';
import { toFindings } from '#inspect/findings.ts';
import { inspectFile } from '#inspect/inspect-file.ts';

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
      const why = sentenceOf(error);
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
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const source = file.createReadStream({ autoClose: false, highWaterMark: 256 * 1024 });
    const { reading, hits, omitted, gitBlobSha, bytes } = await inspectFile(source, size);
    return {
      path,
      ...derivedOf(reading),
      findings: toFindings(hits, { file: basename(path), gitBlobSha }, declared),
      findings_omitted: omitted,
      bytes,
      git_blob_sha: gitBlobSha,
      problems: reading.problems.map((problem) => ({ ...problem, sentence: problems[problem.code] })),
    };
  } finally {
    await file.close();
  }
}

/** Fingerprints that an openagentsessions.json among the files declares to be no secrets. */
async function readDeclared(paths: readonly string[], tools: Tools): Promise<Set<string>> {
  const path = paths.find((each) => basename(each) === declarationFile);
  if (path === undefined) return new Set();
  // Where it cannot be read, its own turn among the files says so.
  const text = await readFile(path, 'utf8').catch(() => '{"schema_version":"1.0.0"}');
  const read = readDeclaration(text);
  if ('problem' in read) tools.complain(`${path} is not taken as a declaration. ${read.problem}`);
  return new Set('problem' in read ? [] : read.declaration.false_positives);
}

const sentences: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EISDIR: 'it is a folder',
};

/** Null for an error that is not the file's. */
function sentenceOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return null;
  return sentences[String(error.code)] ?? `the system answers ${String(error.code)}`;
}
