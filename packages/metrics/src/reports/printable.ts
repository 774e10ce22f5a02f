/** Plain data that prints as a table: to `String`, to template strings, and to Node's `console.log`. */
export function printable<T extends object>(data: T, print: (data: T) => string): T & { toString(): string } {
  const text = { value: () => print(data) };
  // Not enumerable, so that JSON, structuredClone and spreading see data only.
  return Object.defineProperties(data, {
    toString: text,
    [Symbol.for('nodejs.util.inspect.custom')]: text,
  });
}
