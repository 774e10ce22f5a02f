import ts from 'typescript';

/** An example that is ready to run, and the output that it promises. */
export interface InstrumentedExample {
  /** The code with `exampleLog(line, …)` instead of `console.log(…)`. No line moves. */
  readonly code: string;
  /** By line in the code, from 1: the text of `// expected` after a `console.log(expr);`. */
  readonly promises: ReadonlyMap<number, string>;
}

/** Makes each `console.log` of an example report the line that it printed from. */
export function instrumentExample(code: string): InstrumentedExample {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true);
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;
  const promises = new Map<number, string>();
  const calls: { start: number; open: number; line: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText(source) === 'console.log') {
      const line = lineOf(node.getEnd());
      calls.push({ start: node.getStart(source), open: node.expression.getEnd() + 1, line });
      const comment = /^;? *\/\/ ?(?<text>[^\n]*)/.exec(code.slice(node.getEnd()));
      if (comment) promises.set(line, comment.groups!.text.trimEnd());
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  // From the end, so that earlier positions stay valid.
  const instrumented = calls
    .sort((a, b) => b.start - a.start)
    .reduce(
      (text, { start, open, line }) => `${text.slice(0, start)}exampleLog(${line}, ${text.slice(open)}`,
      code,
    );
  return { code: instrumented, promises };
}
