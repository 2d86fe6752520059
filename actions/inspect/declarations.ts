import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import {
  type Declaration,
  type DeclarationReading,
  declarationFile,
  readDeclaration,
} from '#domain/declaration.ts';
import { withoutFindings } from '#inspect/words.ts';

/** What the files named openagentsessions.json among those given declare, without texts in which something is found. */
export interface Declarations {
  /** Fingerprints declared to be no secrets. */
  fingerprints: ReadonlySet<string>;
  /** The declaration that is about the file: the one in its folder, else the first there is. */
  about(path: string): Declaration | null;
  /** What such a file declares, or why it cannot be used; null for any other file. */
  of(path: string): { declared: Declaration | null; declaration_problem: string | null } | null;
}

/** Reads them all. `complain` is told, as a sentence, of each that cannot be used. */
export async function readDeclarations(
  paths: readonly string[],
  complain: (sentence: string) => void,
): Promise<Declarations> {
  const read = new Map<string, DeclarationReading>();
  for (const path of paths.filter((each) => basename(each) === declarationFile)) {
    // Where it cannot be read, its own turn among the files says so.
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text === null) continue;
    const reading = readDeclaration(text);
    if ('problem' in reading) {
      read.set(path, reading);
      complain(`${path} is not taken as a declaration. ${reading.problem}`);
    } else read.set(path, { declaration: await withoutFindings(reading.declaration) });
  }
  const usable = [...read].flatMap(([path, reading]) =>
    'problem' in reading ? [] : [{ folder: dirname(path), declaration: reading.declaration }],
  );
  return {
    fingerprints: new Set(usable.flatMap(({ declaration }) => declaration.false_positives ?? [])),
    about(path) {
      const near = usable.find(({ folder }) => folder === dirname(path)) ?? usable[0];
      return near?.declaration ?? null;
    },
    of(path) {
      const reading = read.get(path);
      if (reading === undefined) return null;
      return 'problem' in reading
        ? { declared: null, declaration_problem: reading.problem }
        : { declared: reading.declaration, declaration_problem: null };
    },
  };
}
