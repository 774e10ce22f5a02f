/**
 * The promise, such that neither its rejection nor that of what `then` makes of it ends a Node process as unhandled.
 *
 * Needed for hyparquet, which starts reads and stops waiting for them when the first column fails.
 */
export function quietPromise<T>(promise: Promise<T>): Promise<T> {
  const ignore = () => undefined;
  promise.catch(ignore);
  const plain = promise.then.bind(promise);
  const quiet: typeof promise.then = (resolved, rejected) => {
    const next = plain(resolved, rejected);
    next.catch(ignore);
    return next;
  };
  // biome-ignore lint/suspicious/noThenProperty: it is a promise, and this its own then
  return Object.assign(promise, { then: quiet });
}
