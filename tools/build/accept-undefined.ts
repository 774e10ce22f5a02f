import ts from 'typescript';

/**
 * Rewrites declarations so that every optional property also accepts `undefined`.
 *
 * In Thaw, an undefined option counts as left out. Under `exactOptionalPropertyTypes` declarations must say so;
 * otherwise `{ signal: maybe }` is refused, and so is an object of a class whose property may be undefined.
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
  // From the end, so that earlier positions stay valid.
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
