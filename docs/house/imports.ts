import ts from 'typescript';
import { type Source, visitNodes } from './source.ts';

export interface Import {
  specifier: string;
  /** Gone at run time: it brings names of types only. */
  typeOnly: boolean;
}

/** Everything a file imports or re-exports by a literal specifier, in the order of the text. */
export function importsOf(source: Source): Import[] {
  const found: Import[] = [];
  visitNodes(source, (node) => {
    if (ts.isImportDeclaration(node)) {
      found.push({ specifier: textOf(node.moduleSpecifier), typeOnly: bringsTypesOnly(node) });
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      found.push({ specifier: textOf(node.moduleSpecifier), typeOnly: node.isTypeOnly });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      found.push({ specifier: textOf(node.argument.literal), typeOnly: true });
    } else if (ts.isCallExpression(node) && isLoader(node.expression)) {
      const [specifier] = node.arguments;
      if (specifier && ts.isStringLiteralLike(specifier)) {
        found.push({ specifier: specifier.text, typeOnly: false });
      }
    }
  });
  return found;
}

function textOf(node: ts.Node): string {
  return ts.isStringLiteralLike(node) ? node.text : '';
}

function bringsTypesOnly({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = importClause;
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly);
}

/** `import(...)` and `import.meta.resolve(...)`. */
function isLoader(expression: ts.Expression): boolean {
  return expression.kind === ts.SyntaxKind.ImportKeyword || expression.getText() === 'import.meta.resolve';
}
