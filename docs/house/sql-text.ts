import ts from 'typescript';
import { isTest, type Source, visitNodes } from './source.ts';

const statement = new RegExp(
  `^\\s*(?:${[
    'select\\s[\\s\\S]*\\bfrom\\b',
    "select\\s+[\\d(']",
    'insert\\s+into\\s',
    'update\\s+\\w+(?:\\s+as\\s+\\w+)?\\s+set\\b',
    'delete\\s+from\\s',
    'with\\s+\\w+\\s+as\\s*\\(',
    '(?:create|alter|drop|truncate)\\s+(?:table|index|view|function|trigger|type|schema|sequence|role)\\b',
  ].join('|')})`,
  'i',
);

/** SQL is written in one case; a sentence for people starts with a capital and goes on without. */
function isSql(text: string): boolean {
  return /^\s*(?:[a-z]+|[A-Z]+)\b/.test(text) && statement.test(text);
}

/** Strings outside `sql/` that hold an SQL statement, each as a sentence. Tests may ask the database what they like. */
export function sqlViolations(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => !path.startsWith('sql/') && !isTesting(path))
    .flatMap((source) =>
      sqlTexts(source).map((text) => `${source.path} holds SQL: ${text.trim().slice(0, 40)}`),
    );
}

function isTesting(path: string): boolean {
  return isTest(path) || /\/testing(?:[/-]|\.ts$)/.test(path);
}

function sqlTexts(source: Source): string[] {
  const found: string[] = [];
  visitNodes(source, (node) => {
    const isText = ts.isStringLiteralLike(node) || node.kind === ts.SyntaxKind.TemplateExpression;
    const text = isText ? node.getText().slice(1, -1) : '';
    if (isSql(text)) found.push(text);
  });
  return found;
}
