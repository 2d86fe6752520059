import ts from 'typescript';
import { isTest, type Source, visitNodes } from './source.ts';

/**
 * Where an address would be read by anything but `URL`, which is also what `fetch` and browsers read it by, each as a
 * sentence. Two readers that differ about where a host ends are how a check is passed and another host asked.
 */
export function addressReaders(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const found: string[] = [];
    visitNodes(source, (node) => {
      if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return;
      const { text } = node.moduleSpecifier;
      if (/^(?:url-parse|whatwg-url|uri-js|url|querystring|node:querystring)$/.test(text))
        found.push(`${source.path} imports ${text}.`);
      if (text !== 'node:url') return;
      const names = node.importClause?.namedBindings;
      const imported =
        names && ts.isNamedImports(names) ? names.elements.map(({ name }) => name.text) : ['*'];
      for (const name of imported) {
        if (!['fileURLToPath', 'pathToFileURL'].includes(name))
          found.push(`${source.path} imports ${name} of node:url.`);
      }
    });
    return found;
  });
}

/**
 * Where something would be written for a spreadsheet, which takes a field that begins with `=` for a formula, each as a
 * sentence. What a trainer names by `--ids` may be CSV: that is read, never written.
 */
export function spreadsheetWriters(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => !isTest(path) && !/^(?:actions\/bench|docs\/house)\//.test(path))
    .filter(({ path, text }) => /text\/csv|spreadsheet|\.xlsx?\b|\.ods\b/.test(text) || writesCsv(path, text))
    .map(({ path }) => `${path} writes for a spreadsheet.`);
}

function writesCsv(path: string, text: string): boolean {
  return /\.csv\b|format csv/i.test(text) && !path.startsWith('actions/copy/selection/');
}
