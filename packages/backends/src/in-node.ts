/** Undefined in a browser. */
declare const process: { readonly versions?: { readonly node?: string } } | undefined;

/** Whether the program runs in Node, or in a runtime that is compatible with it. */
export function inNode(): boolean {
  return typeof process !== 'undefined' && Boolean(process.versions?.node);
}
