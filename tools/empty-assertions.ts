import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import ts from 'typescript';

/**
 * Finds each `value!` whose value can't be null or undefined according to the compiler. Such a `!` asserts nothing, and
 * misleads readers. `--fix` removes them.
 */
const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (problem: ts.Diagnostic) => fail(problem) };
const config = ts.getParsedCommandLineOfConfigFile('tsconfig.json', {}, host);
if (!config) throw new Error('expected a readable tsconfig.json in the current folder');
const program = ts.createProgram(config.fileNames, config.options);
const checker = program.getTypeChecker();
const fixes = process.argv.includes('--fix');
let found = 0;

for (const source of program.getSourceFiles()) {
  if (source.isDeclarationFile || source.fileName.includes('node_modules')) continue;
  const marks = emptyAssertions(source).map((node) => node.end - 1);
  found += marks.length;
  if (fixes && marks.length > 0) removeAt(source.fileName, marks);
  else for (const mark of marks) report(source, mark);
}
if (found > 0 && !fixes) {
  console.error(
    `${found} assertions (!) of values that are never null or undefined. Run \`pnpm lint:assertions --fix\`.`,
  );
  process.exitCode = 1;
}

function emptyAssertions(node: ts.Node): ts.NonNullExpression[] {
  const inner: ts.NonNullExpression[] = [];
  ts.forEachChild(node, (child) => void inner.push(...emptyAssertions(child)));
  return ts.isNonNullExpression(node) && !canBeEmpty(node.expression) ? [...inner, node] : inner;
}

function canBeEmpty(expression: ts.Expression): boolean {
  const type = checker.getTypeAtLocation(expression);
  const kinds = ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Any | ts.TypeFlags.Unknown;
  const parts = type.isUnion() ? type.types : [type];
  return parts.some(({ flags }) => flags & kinds || flags & ts.TypeFlags.TypeParameter);
}

function removeAt(path: string, marks: readonly number[]): void {
  const text = readFileSync(path, 'utf8');
  const last = [...marks].sort((a, b) => b - a);
  writeFileSync(
    path,
    last.reduce((rest, at) => rest.slice(0, at) + rest.slice(at + 1), text),
  );
}

function report(source: ts.SourceFile, position: number): void {
  const { line, character } = source.getLineAndCharacterOfPosition(position);
  console.error(`${relative('.', source.fileName)}:${line + 1}:${character + 1}`);
}

function fail(problem: ts.Diagnostic): never {
  throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
}
