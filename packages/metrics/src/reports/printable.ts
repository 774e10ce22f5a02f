/** Makes plain data print as a table: by `String`, in template strings, and by Node's `console.log`. */
export function printable<T extends object>(data: T, print: (data: T) => string): T & { toString(): string } {
  const text = { value: () => print(data) };
  // Not enumerable, so that JSON, structuredClone and spreading see only the data.
  return Object.defineProperties(data, {
    toString: text,
    [Symbol.for('nodejs.util.inspect.custom')]: text,
  });
}
