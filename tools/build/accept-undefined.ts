import ts from 'typescript';

/**
 * Declarations in which every optional property also accepts `undefined`.
 *
 * Every option of ours that is undefined counts as left out. Under `exactOptionalPropertyTypes` a declaration must say so,
 * or `{ signal: maybe }` is refused, and so is an object of a class whose property may be undefined.
 */
export function acceptUndefined(declarations: string): string {
  const source = ts.createSourceFile('declarations.d.ts', declarations, ts.ScriptTarget.Latest, true);
  const optional: ts.TypeNode[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertySignature(node) || ts.isPropertyDeclaration(node)) {
      if (node.questionToken && node.type && !hasUndefined(node.type)) optional.push(node.type);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  const edits = optional.flatMap((type) => {
    const [open, close] = needsParentheses(type) ? ['(', ')'] : ['', ''];
    return [
      { at: type.getStart(source), text: open },
      { at: type.getEnd(), text: `${close} | undefined` },
    ];
  });
  // From the end, so that the positions before stay true.
  return edits
    .sort((a, b) => b.at - a.at)
    .reduce((text, edit) => text.slice(0, edit.at) + edit.text + text.slice(edit.at), declarations);
}

function hasUndefined(type: ts.TypeNode): boolean {
  if (ts.isUnionTypeNode(type)) return type.types.some(hasUndefined);
  return [ts.SyntaxKind.UndefinedKeyword, ts.SyntaxKind.AnyKeyword, ts.SyntaxKind.UnknownKeyword].includes(
    type.kind,
  );
}

function needsParentheses(type: ts.TypeNode): boolean {
  return ts.isFunctionTypeNode(type) || ts.isConstructorTypeNode(type) || ts.isConditionalTypeNode(type);
}
