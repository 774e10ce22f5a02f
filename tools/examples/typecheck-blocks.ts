import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { Example } from './extract-examples';

/** Names that a block may use without declaring them: a reader of the guide has these values. */
const GIVEN = `
import type { Classifier, GraphModelLike } from '@thawjs/core';
import type { ImageDataset } from '@thawjs/datasets';
declare global {
  const train: ImageDataset;
  const validation: ImageDataset;
  const test: ImageDataset;
  const data: ImageDataset;
  const model: Classifier;
  const trained: Classifier;
  const graph: GraphModelLike;
  const labels: readonly string[];
  const inputSize: readonly [height: number, width: number];
  const file: File;
  const files: readonly File[];
  const folder: string;
}
`;
const PACKAGES = ['core', 'datasets', 'datasets-celeba', 'metrics', 'report', 'backends'];

/**
 * Typechecks blocks of the docs that aren't run, all in one program.
 *
 * A name that a block neither declares nor imports comes from the package that exports it, or from the constants above.
 *
 * @param folder - The folder from which the blocks' imports are resolved.
 * @returns One line per error, with the file and line of the markdown.
 */
export function typecheckBlocks(root: string, folder: string, blocks: readonly Example[]): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const browser = join(root, 'packages/browser/src');
  Object.assign(options, {
    noUnusedLocals: false,
    noUnusedParameters: false,
    // No example depends on it.
    paths: {
      '@thawjs/browser': [join(browser, 'index.ts')],
      '@thawjs/browser/worker': [join(browser, 'worker/index.ts')],
    },
  });
  const place = (name: string) => join(root, folder, name).replaceAll('\\', '/');

  const exporters = PACKAGES.map((name) => ({ name: `@thawjs/${name}`, names: exportedNames(root, name) }));
  const texts = new Map([[place('given.ts'), GIVEN]]);
  const lines = new Map<string, Example>();
  for (const [index, block] of blocks.entries()) {
    // On the first line of the block, so that no line moves.
    const imports = exporters.map(({ name, names }) => {
      const missing = freeNames(block.code).filter((one) => names.has(one));
      return missing.length > 0 ? `import { ${missing.join(', ')} } from '${name}'; ` : '';
    });
    texts.set(place(`block-${index}.ts`), `${imports.join('')}${block.code}\nexport {};\n`);
    lines.set(place(`block-${index}.ts`), block);
  }

  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const text = texts.get(path);
    return text === undefined
      ? getSourceFile(path, languageVersion, ...rest)
      : ts.createSourceFile(path, text, languageVersion);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts.keys()].flatMap((path) => {
    const source = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ start = 0, messageText }) => {
        const line = source?.getLineAndCharacterOfPosition(start).line ?? 0;
        const block = lines.get(path);
        const at = block ? `${block.file}:${block.line + line}` : `given names:${line + 1}`;
        return `${at}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
      },
    );
  });
}

/** The names that the index of a package exports. */
function exportedNames(root: string, name: string): Set<string> {
  const index = join(root, 'packages', name, 'src/index.ts');
  if (!existsSync(index)) throw new Error(`${index}: expected the index of a package; found no such file.`);
  const source = ts.createSourceFile(index, ts.sys.readFile(index) ?? '', ts.ScriptTarget.Latest);
  return new Set(
    source.statements
      .filter(ts.isExportDeclaration)
      .flatMap(({ exportClause }) =>
        exportClause && ts.isNamedExports(exportClause) ? [...exportClause.elements] : [],
      )
      .map(({ name: exported }) => exported.text),
  );
}

/** The names that a block uses and doesn't declare, without names of properties. */
function freeNames(code: string): string[] {
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node, parent?: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const isDeclaration =
        parent && 'name' in parent && parent.name === node && !ts.isShorthandPropertyAssignment(parent);
      const isMember = parent && (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent));
      if (!isDeclaration) used.add(node.text);
      else if (!isMember) declared.add(node.text);
    }
    ts.forEachChild(node, (child) => visit(child, node));
  };
  visit(ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest));
  return [...used].filter((name) => !declared.has(name));
}
