import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../site/recipes');

/** The recipes by name: each file, as a document in `docs` links to it, and what its first line says it does. */
export function recipes(): [link: string, does: string][] {
  return readdirSync(folder).map((name) => {
    const [first = ''] = readFileSync(join(folder, name), 'utf8').split('\n');
    return [`[\`${name}\`](../site/recipes/${name})`, first.replace(/^(?:#|--) /, '')];
  });
}
