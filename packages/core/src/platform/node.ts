import type { NodeModules, NodeProcess } from './node-types';

/** Undefined in a browser. */
declare const process:
  | (NodeProcess & {
      /** Exists from Node 20.16 on. */
      getBuiltinModule?<Name extends keyof Builtins>(name: Name): Builtins[Name];
    })
  | undefined;

interface Builtins {
  readonly 'node:fs': NodeModules['fs'];
  readonly 'node:path': NodeModules['path'];
  readonly 'node:os': NodeModules['os'];
  readonly 'node:url': NodeModules['url'];
  readonly 'node:crypto': NodeModules['crypto'];
  readonly 'node:module': NodeModules['module'];
  readonly 'node:child_process': NodeModules['childProcess'];
  readonly 'node:timers': NodeModules['timers'];
}

/**
 * Node's modules; undefined in a browser.
 *
 * They are taken from the running process, because an import of `node:fs` breaks bundles for browsers.
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
    timers: process.getBuiltinModule('node:timers'),
    process,
  };
}
