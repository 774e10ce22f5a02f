/** Outside of Node, where a bundle should not grow by a module that is fetched as a file of its own. */
export function simdBinary(): Uint8Array<ArrayBuffer> | undefined {
  return undefined;
}
