/**
 * Makes plain data print as a table: by `String`, in template strings, and by Node's `console.log`, which
 * gives the width of the terminal.
 */
export function printable<T extends object>(
  data: T,
  print: (data: T, width?: number) => string,
): T & { toString(): string } {
  // Not enumerable, so that JSON, structuredClone and spreading see only the data.
  return Object.defineProperties(data, {
    toString: { value: () => print(data) },
    [Symbol.for('nodejs.util.inspect.custom')]: { value: () => print(data, terminalWidth()) },
  });
}

/** The columns of the terminal that Node prints to; undefined for a file, a pipe, and in a browser. */
function terminalWidth(): number | undefined {
  const { process } = globalThis as {
    readonly process?: { readonly stdout?: { readonly columns?: number } };
  };
  return process?.stdout?.columns || undefined;
}
