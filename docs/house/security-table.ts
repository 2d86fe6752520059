import ts from 'typescript';
import { type Source, visitNodes } from './source.ts';

/**
 * The ids of ASVS 5.0 that apply here: levels 1 and 2, and those of level 3 that cost a site like this one nothing.
 * https://github.com/OWASP/ASVS/tree/v5.0.0/5.0/en
 */
export const asvsIds: readonly string[] = [
  ...['1.2.2', '1.2.4', '1.2.10', '1.3.5', '1.3.6', '1.3.12', '1.5.3'],
  ...['2.2.1', '2.2.2', '2.3.2', '2.3.3', '2.4.1'],
  ...['3.2.1', '3.2.2', '3.3.1', '3.3.2', '3.3.3', '3.3.4'],
  ...['3.4.1', '3.4.3', '3.4.4', '3.4.5', '3.4.6', '3.4.8', '3.5.1', '3.5.3', '3.7.2'],
  ...['7.2.1', '7.2.2', '7.2.3', '7.2.4', '7.3.1', '7.3.2', '7.4.1', '7.4.5', '7.5.2'],
  ...['8.2.1', '8.2.2', '8.2.3', '8.3.1', '8.3.2'],
  ...['10.1.1', '10.1.2', '10.2.1', '10.2.3'],
  ...['13.2.2', '13.2.4', '13.2.5'],
  ...['13.4.1', '13.4.2', '13.4.3', '13.4.4', '13.4.5', '13.4.6', '13.4.7'],
  ...['14.2.7', '14.3.2'],
  ...['15.1.2', '15.3.2', '15.3.3', '15.3.4', '15.4.2'],
  ...['16.2.1', '16.2.5', '16.3.1', '16.3.2', '16.3.3', '16.3.4', '16.4.1', '16.5.1', '16.5.2', '16.5.3'],
];

export interface SecurityRow {
  id: string;
  /** What holds the requirement, in a sentence. */
  held: string;
  tests: { path: string; title: string }[];
}

/**
 * The rows of docs/security.md: `| id | asked | held | tests |`, tests between `<br>`, each its file between backticks, a
 * colon, and its title as it is written there. Throws where a row's last cell is something else.
 */
export function securityRows(text: string): SecurityRow[] {
  return [...text.matchAll(/^\| (\d+\.\d+\.\d+) \| ([^|\n]+) \| ([^|\n]+) \| ([^|\n]+) \|$/gm)].map(
    ([, id = '', , held = '', tests = '']) => ({
      id,
      held,
      tests: tests.split('<br>').map((test) => {
        const [, path, title] = /^`([\w./-]+\.test\.ts)`: (.+)$/.exec(test.trim()) ?? [];
        if (path === undefined || title === undefined) throw new Error(`${id} names no test: ${test}`);
        return { path, title };
      }),
    }),
  );
}

/** The titles of a test file as they are written, of its groups too. */
export function testTitles(source: Source): string[] {
  const titles: string[] = [];
  visitNodes(source, (node) => {
    if (!ts.isCallExpression(node) || !/^(?:test|it|describe)$/.test(rootOf(node.expression))) return;
    const [title] = node.arguments;
    if (title !== undefined && ts.isStringLiteralLike(title)) titles.push(title.text);
  });
  return titles;
}

/** `test` of `test.skipIf(x).each([])`. */
function rootOf(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression) || ts.isCallExpression(expression))
    return rootOf(expression.expression);
  if (ts.isTaggedTemplateExpression(expression)) return rootOf(expression.tag);
  return '';
}
