import { createReadStream } from 'node:fs';
import { countedFiles, derivedOf } from '#domain/combine.ts';
import type { Session } from '#domain/conversation/conversation.ts';
import { readSessions, type SessionsReading } from '#domain/conversation/read-sessions.ts';
import { declarationFile } from '#domain/declaration.ts';
import { encodingOf } from '#domain/transcript/encoding.ts';
import type { Problem } from '#domain/transcript/problem.ts';
import { withBeginning } from '#inspect/beginning.ts';

/** A session of a gist in which something is said. */
export interface GistSession {
  file: string;
  session: Session;
  /** What of its file could not be read; told of the file's first session. */
  problems: readonly Problem[];
}

/**
 * The sessions of a gist, in the order of its files: those the dataset's numbers are of, so no page rendered from another
 * file's session, and no second file with the same one.
 */
export async function gistSessions(files: readonly { name: string; path: string }[]): Promise<GistSession[]> {
  const readings: { file: string; reading: SessionsReading }[] = [];
  for (const { name, path } of files) {
    if (name !== declarationFile) readings.push({ file: name, reading: await readFile(path) });
  }
  const counted = countedFiles(
    readings.map(({ reading: { reading } }) => ({
      rendered: reading.summary?.rendered ?? false,
      derived: derivedOf(reading),
    })),
  );
  return readings
    .filter((_, i) => counted[i])
    .flatMap(({ file, reading: { sessions, reading } }) =>
      sessions
        .filter(({ threads }) => threads.length > 0)
        .map((session, i) => ({ file, session, problems: i === 0 ? reading.problems : [] })),
    );
}

/** Longest piece of a file read at a time, in bytes. */
const portion = 256 * 1024;

async function readFile(path: string): Promise<SessionsReading> {
  const sessions = readSessions();
  let decoder: TextDecoder | undefined;
  for await (const chunk of withBeginning(createReadStream(path, { highWaterMark: portion }))) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    sessions.push(decoder.decode(chunk, { stream: true }));
  }
  sessions.push(decoder?.decode() ?? '');
  return sessions.end();
}
