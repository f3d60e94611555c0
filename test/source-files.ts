// The repository's own source as data: which file imports what, and which texts it holds.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export const root = path.join(import.meta.dirname, '..');

export type Import = {
  /** As it is written: a package, or a path. */
  specifier: string;
  /** The file it means, from the root of the repository; undefined for packages. */
  file: string | undefined;
  isTypeOnly: boolean;
};

export type SourceFile = {
  /** From the root of the repository, with slashes. */
  file: string;
  /** Its first folder; '' at the root. */
  folder: string;
  isTest: boolean;
  text: string;
  lines: number;
  imports: Import[];
  /** Texts between quotes, with $ for what is put in. */
  literals: string[];
  /** Tags of tagged templates, and `object.method(argument)` of calls with a plain name as first argument. */
  tags: string[];
  calls: { method: string; argument: string }[];
};

const skipped = new Set(['node_modules', '.next', '.git', '.data', '.test', 'test-results', 'playwright-report']);

/** Every .ts and .tsx file, parsed. */
export function readSourceFiles(): SourceFile[] {
  return listFiles(root)
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .map(readSourceFile);
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const full = path.join(folder, entry.name);
    return entry.isDirectory() ? listFiles(full) : [path.relative(root, full).replaceAll(path.sep, '/')];
  });
}

function readSourceFile(file: string): SourceFile {
  const text = readFileSync(path.join(root, file), 'utf8');
  const folder = file.includes('/') ? file.slice(0, file.indexOf('/')) : '';
  const isTest = /\.(test|spec)\.tsx?$/.test(file) || ['test', 'e2e'].includes(folder);
  const found: SourceFile = {
    ...{ file, folder, isTest, text, lines: text.trimEnd().split('\n').length },
    ...{ imports: [], literals: [], tags: [], calls: [] },
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), found);
  // What tests share may stand beside them.
  found.isTest ||= found.imports.some(({ specifier, file: own }) => specifier === 'vitest' || own?.startsWith('test/'));
  return found;
}

function visit(node: ts.Node, found: SourceFile): void {
  if (ts.isImportDeclaration(node)) addImport(node.moduleSpecifier, isTypeOnly(node.importClause), found);
  else if (ts.isExportDeclaration(node) && node.moduleSpecifier)
    addImport(node.moduleSpecifier, node.isTypeOnly, found);
  else if (ts.isCallExpression(node)) addCall(node, found);
  else if (ts.isTaggedTemplateExpression(node)) found.tags.push(node.tag.getText());
  if (ts.isStringLiteralLike(node)) found.literals.push(node.text);
  if (ts.isTemplateExpression(node)) {
    found.literals.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('$'));
  }
  ts.forEachChild(node, (child) => visit(child, found));
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = clause;
  return (
    !name && !!namedBindings && ts.isNamedImports(namedBindings) && namedBindings.elements.every((e) => e.isTypeOnly)
  );
}

function addCall({ expression, arguments: [first] }: ts.CallExpression, found: SourceFile): void {
  if (expression.kind === ts.SyntaxKind.ImportKeyword && first) addImport(first, false, found);
  if (ts.isPropertyAccessExpression(expression) && first && ts.isIdentifier(first)) {
    found.calls.push({ method: expression.name.text, argument: first.text });
  }
}

function addImport(node: ts.Expression, isTypeOnly: boolean, { file, imports }: SourceFile): void {
  if (!ts.isStringLiteralLike(node)) return;
  const specifier = node.text;
  const own = specifier.startsWith('#')
    ? specifier.slice(1)
    : specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(file), specifier)
      : undefined;
  imports.push({ specifier, file: own, isTypeOnly });
}
