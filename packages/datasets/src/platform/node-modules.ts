/** Node's own modules that a dataset uses where there are any. */
export interface NodeModules {
  readonly fs: typeof import('node:fs/promises');
  readonly module: typeof import('node:module');
  readonly os: typeof import('node:os');
  readonly path: typeof import('node:path');
  readonly threads: typeof import('node:worker_threads');
}

/**
 * Node's modules under Node, undefined in a browser: asked of the running process, as a static import of them breaks
 * bundles for the browser.
 */
export function nodeModules(): NodeModules | undefined {
  if (typeof process === 'undefined' || typeof process.getBuiltinModule !== 'function') return undefined;
  return {
    fs: process.getBuiltinModule('node:fs/promises'),
    module: process.getBuiltinModule('node:module'),
    os: process.getBuiltinModule('node:os'),
    path: process.getBuiltinModule('node:path'),
    threads: process.getBuiltinModule('node:worker_threads'),
  };
}
