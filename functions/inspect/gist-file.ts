import { type Declaration, declarationFile, maxDeclaration, readDeclaration } from '#domain/declaration.ts';
import type { Gist, GistFile } from '#domain/gist.ts';
import type { GitHubReader } from '#github/client.ts';
import type { Failure } from '#github/failure.ts';
import type { InlineContent } from '#github/gists.ts';
import { RawInterrupted, readRawFile } from '#github/raw-file.ts';
import { type FileReading, inspectFile } from './inspect-file.ts';

/** Inspects a file of a gist: its text that came with the answer where that is the bytes git names, else the raw one. */
export async function inspectGistFile(
  github: GitHubReader,
  file: GistFile,
  inline: InlineContent,
  signal: AbortSignal,
): Promise<FileReading | Failure> {
  const text = inline.get(file.name);
  if (text !== undefined) {
    const read = await inspectFile([Buffer.from(text)], file.bytes, signal);
    // Text in an answer is not always the bytes in git: those that are not UTF-8 are lost in it.
    if (read.gitBlobSha === file.gitBlobSha) return read;
  }
  return fromRaw(github, file, signal, async (bytes) => {
    const read = await inspectFile(bytes, file.bytes, signal);
    if (read.gitBlobSha !== file.gitBlobSha) throw new RawInterrupted('not the bytes git names');
    return read;
  });
}

/** The declaration among a gist's files; nothing of it is known when there is none, or it is not as it should be. */
export async function readDeclared(
  github: GitHubReader,
  gist: Gist,
  inline: InlineContent,
  signal: AbortSignal,
): Promise<{ declaration: Declaration | null; problem: string | null } | Failure> {
  const file = gist.files.find(({ name }) => name === declarationFile);
  if (!file) return { declaration: null, problem: null };
  if (file.bytes > maxDeclaration) return { declaration: null, problem: 'It is longer than 100,000 bytes.' };
  const text = inline.get(file.name) ?? (await fromRaw(github, file, signal, textOf));
  if (typeof text !== 'string') return text;
  const read = readDeclaration(text);
  return 'problem' in read
    ? { declaration: null, problem: read.problem }
    : { declaration: read.declaration, problem: null };
}

/** What is made of a file's bytes from the raw host; a failure when they do not come as they should. */
async function fromRaw<T>(
  github: GitHubReader,
  file: GistFile,
  signal: AbortSignal,
  use: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T | Failure> {
  const raw = await readRawFile(github, file, signal);
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
