import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** A file of the repository; `path` is relative to its root, with slashes. */
export interface Source {
  path: string;
  text: string;
}

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What is made here rather than written, or is test data of its own shape. */
const notOurs = /^(?:node_modules|dist)$|^functions\/github\/standin\/examples$/;

/** Paths of the files below a folder, hidden ones left out. Needs no git: a copy of the tree will do. */
export function pathsBelow(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.name.startsWith('.') || notOurs.test(path)) return [];
    return entry.isDirectory() ? pathsBelow(path) : [path];
  });
}

/** Every TypeScript, JavaScript and Astro file of the repository. */
export function readSources(): Source[] {
  return pathsBelow()
    .filter((path) => /\.(?:ts|mjs|js|astro)$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

export function isTest(path: string): boolean {
  return path.endsWith('.test.ts');
}

/** Calls `visit` with every node of a file's syntax tree; of an Astro file, its frontmatter's. */
export function visitNodes({ path, text }: Source, visit: (node: ts.Node) => void): void {
  const script = path.endsWith('.astro') ? (/^---\n(.*?)^---$/ms.exec(text)?.[1] ?? '') : text;
  const enter = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, enter);
  };
  enter(ts.createSourceFile(path, script, ts.ScriptTarget.Latest, true));
}
