import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importsOf } from './imports.ts';
import { parsePackage } from './package-rules.ts';
import { isTest, readSources, root } from './source.ts';

const { dependencies } = parsePackage(readFileSync(join(root, 'package.json'), 'utf8'));
/** Parts of these rooms that are for tests and development alone. */
const spare = /^site\/e2e\/|^functions\/github\/standin\/|(?:^|\/)testing/;

/** A package's name, of an import of it or of a file in it; null where a file of ours or of Node is meant. */
function packageOf(specifier: string): string | null {
  if (/^[.#]|^astro:|^virtual:/.test(specifier) || isBuiltin(specifier)) return null;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

test('what the site is built of and runs on is installed without packages for development', () => {
  const missing = readSources()
    .filter(({ path }) => /^(?:site|functions|sql)\//.test(path) && !isTest(path) && !spare.test(path))
    .flatMap((source) =>
      importsOf(source).flatMap(({ specifier, typeOnly }) => {
        const name = typeOnly ? null : packageOf(specifier);
        return name === null || name in dependencies ? [] : [`${source.path} imports ${name}`];
      }),
    );
  expect(missing).toEqual([]);
});
