import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, onTestFinished, test } from 'vitest';
import { bundle } from './bundle.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const entry = join(root, 'actions/command/index.ts');

/** What JavaScript had when Node 20 was made; of what came later, only well-formed strings. */
const node20 = ['lib.es2023.d.ts', 'lib.es2024.string.d.ts'];
/** "Do you need to change your target library?", for a property and for a name; of iterators it does not ask. */
const isTooNew = ({ code, messageText }: ts.Diagnostic) =>
  [2550, 2583].includes(code) ||
  (code === 2339 &&
    /on type '\w*(?:Iterator|Generator)\w*</.test(ts.flattenDiagnosticMessageText(messageText, ' ')));

/** What files, with all they import, use of JavaScript that Node 20 does not have, a line each. */
function laterJavaScript(files: readonly string[]): string[] {
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    lib: node20,
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
  });
  return program
    .getSourceFiles()
    .filter(({ fileName }) => !fileName.includes('/node_modules/'))
    .flatMap((file) => program.getSemanticDiagnostics(file))
    .filter(isTooNew)
    .map(({ messageText, file }) => `${file?.fileName} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

/** What Node itself came to have later; the types of Node 24 have it all. undici looks whether some of it is there. */
const laterNode =
  /\bURL\.parse\(|getBuiltinModule|import\.meta\.main|from ?["']node:sqlite|\bglobSync?\(|\bcreateZstd\w*\(|\bcrypto\.hash\(|registerHooks|\bnew WebSocket\(/g;

test('nothing that Node 20 lacks is in what the command line is made of', () => {
  expect(laterJavaScript([entry])).toEqual([]);
});

test('nor in what it is bundled to, packages included', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'older-node-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await bundle(root, folder);
  const found = readdirSync(folder).flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(laterNode)].map(([use]) => `${name}: ${use}`),
  );
  expect(found).toEqual([]);
});

test('what it lacks is found', () => {
  const uses = [
    'Promise.withResolvers()',
    '[1].values().map(String)',
    'new Set([1]).union(new Set([2]))',
    'Object.groupBy([1], String)',
    'Array.fromAsync([1])',
  ];
  // Here, where the types of Node are found.
  const folder = mkdtempSync(join(root, '.older-node-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = uses.map((use, index) => {
    const file = join(folder, `use-${index}.ts`);
    writeFileSync(file, `export const used: unknown = ${use};\n`);
    return file;
  });
  const found = laterJavaScript(files).map((line) => line.split(' ')[0]);
  expect(found.sort()).toEqual(files);
  expect('URL.parse(x)').toMatch(laterNode);
});
