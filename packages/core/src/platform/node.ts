/** Node's modules that core uses, if it runs under Node. */
export interface NodeModules {
  readonly fs: typeof import('node:fs');
  readonly path: typeof import('node:path');
  readonly os: typeof import('node:os');
  readonly url: typeof import('node:url');
  readonly crypto: typeof import('node:crypto');
  readonly module: typeof import('node:module');
  readonly childProcess: typeof import('node:child_process');
}

/**
 * Node's modules; undefined in a browser.
 *
 * They are taken from the running process, because an import of `node:fs` breaks bundles for browsers.
 * `process.getBuiltinModule` exists from Node 20.16 on.
 */
export function nodeModules(): NodeModules | undefined {
  if (typeof process === 'undefined' || typeof process.getBuiltinModule !== 'function') {
    return undefined;
  }
  return {
    fs: process.getBuiltinModule('node:fs'),
    path: process.getBuiltinModule('node:path'),
    os: process.getBuiltinModule('node:os'),
    url: process.getBuiltinModule('node:url'),
    crypto: process.getBuiltinModule('node:crypto'),
    module: process.getBuiltinModule('node:module'),
    childProcess: process.getBuiltinModule('node:child_process'),
  };
}
