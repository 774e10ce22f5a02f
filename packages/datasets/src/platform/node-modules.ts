import type { NodeModules } from './node-types';

/** Undefined in a browser. */
declare const process:
  | (NodeModules['process'] & {
      /** Exists from Node 20.16 on. */
      getBuiltinModule?<Name extends keyof Builtins>(name: Name): Builtins[Name];
    })
  | undefined;

interface Builtins {
  readonly 'node:fs': NodeModules['files'];
  readonly 'node:fs/promises': NodeModules['fs'];
  readonly 'node:module': NodeModules['module'];
  readonly 'node:os': NodeModules['os'];
  readonly 'node:path': NodeModules['path'];
  readonly 'node:worker_threads': NodeModules['threads'];
}

/**
 * Node's modules under Node, undefined in a browser. They come from the running process, because a static import of them
 * breaks bundles for browsers.
 */
export function nodeModules(): NodeModules | undefined {
  if (typeof process === 'undefined' || typeof process.getBuiltinModule !== 'function') return undefined;
  return {
    files: process.getBuiltinModule('node:fs'),
    fs: process.getBuiltinModule('node:fs/promises'),
    module: process.getBuiltinModule('node:module'),
    os: process.getBuiltinModule('node:os'),
    path: process.getBuiltinModule('node:path'),
    threads: process.getBuiltinModule('node:worker_threads'),
    process,
  };
}
