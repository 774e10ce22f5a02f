import ts from 'typescript';

/** The references of a built JavaScript file. */
export interface FileReferences {
  /** The texts in `import`, `export … from`, `import()`, `require()` and `new URL(…, import.meta.url)`. */
  readonly specifiers: readonly string[];
  /** Uses of `import()`, `require()` and `new URL` without a literal text, which no bundler can follow. */
  readonly computed: readonly string[];
  /** Texts that are paths of TypeScript sources. */
  readonly sources: readonly string[];
}

/** Reads the references of a JavaScript file from its syntax tree. */
export function fileReferences(code: string): FileReferences {
  const source = ts.createSourceFile('file.js', code, ts.ScriptTarget.Latest, true);
  const specifiers: string[] = [];
  const computed: string[] = [];
  const sources: string[] = [];
  const add = (node: ts.Node, argument: ts.Node | undefined) => {
    if (argument && ts.isStringLiteralLike(argument)) specifiers.push(argument.text);
    else computed.push(node.getText(source).slice(0, 120));
  };
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      add(node, node.moduleSpecifier);
    } else if (ts.isCallExpression(node) && importsAtRunTime(node.expression)) add(node, node.arguments[0]);
    else if (ts.isNewExpression(node) && node.expression.getText(source) === 'URL') {
      const [path, base] = node.arguments ?? [];
      if (base && /import\.meta\.url|importMetaUrl|__filename/.test(base.getText(source))) add(node, path);
    } else if (ts.isStringLiteralLike(node) && /^[\w@./-]*\/[\w.-]+\.[cm]?tsx?$/.test(node.text)) {
      sources.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { specifiers, computed, sources };
}

function importsAtRunTime(called: ts.Expression): boolean {
  return (
    called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === 'require')
  );
}
