import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JobFailure } from '../failure.ts';
import { tables } from './tables.ts';

const block = /(<!-- begin ([a-z ]+) -->\n)(.*?)(<!-- end \2 -->)/gs;

/**
 * Writes the generated tables into the documents of a folder, or with `check` compares them only. Returns the names of
 * the documents that were, or would have been, changed.
 * @throws JobFailure when a document asks for a table there is none of
 */
export function writeTables(folder: string, check: boolean): string[] {
  const documents = readdirSync(folder).filter((name) => name.endsWith('.md'));
  return documents.filter((name) => {
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8');
    const written = text.replace(block, (_, begin: string, title: string, _old: string, end: string) => {
      const make = tables[title];
      if (!make) throw new JobFailure(`${name} asks for a table of ${title}; see actions/docs/tables.ts.`);
      return `${begin}${make()}\n${end}`;
    });
    if (!check && written !== text) writeFileSync(file, written);
    return written !== text;
  });
}
