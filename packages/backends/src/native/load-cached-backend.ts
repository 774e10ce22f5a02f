import type { io, KernelBackend } from '@tensorflow/tfjs-core';
import { TFJS_NODE_IN_CACHE, TFJS_STAND_IN } from './cached-tfjs-node';

type TfjsCore = typeof import('@tensorflow/tfjs-core');

/** The exports of tfjs-node's `dist/nodejs_kernel_backend.js`. */
interface KernelBackendModule {
  readonly NodeJSKernelBackend: new (binding: unknown, packageName: string) => KernelBackend;
}

/** The exports of tfjs-node's `dist/io/file_system.js`. */
interface FileSystemModule {
  readonly nodeFileSystemRouter: Parameters<typeof io.registerLoadRouter>[0];
}

/**
 * Registers tfjs-node's backend, kernels and `file://` handlers from the cache with the caller's own tfjs-core.
 *
 * tfjs-node's files ask for `@tensorflow/tfjs`. Beside them in the cache stands an empty module of that name, which
 * is filled with the caller's tfjs-core before they are loaded: so a process has one tfjs-core, also in a program
 * that was bundled.
 */
export function loadCachedBackend(tf: TfjsCore, name: string, folder: string, addon: string): void {
  const { join } = process.getBuiltinModule('node:path');
  const require = process.getBuiltinModule('node:module').createRequire(join(folder, 'package.json'));
  const binding = require(addon) as unknown;
  Object.assign(require(join(folder, TFJS_STAND_IN)), tf, { KernelBackend: callable(tf.KernelBackend) });
  const load = (file: string) => require(join(folder, TFJS_NODE_IN_CACHE, 'dist', file)) as unknown;
  load('register_all_kernels.js');
  const { NodeJSKernelBackend } = load('nodejs_kernel_backend.js') as KernelBackendModule;
  tf.registerBackend(name, () => new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node'), 3);
  const { nodeFileSystemRouter } = load('io/file_system.js') as FileSystemModule;
  tf.io.registerLoadRouter(nodeFileSystemRouter);
  tf.io.registerSaveRouter(nodeFileSystemRouter);
}

/**
 * A class that may be called without `new`, as tfjs-node's ES5 does with the one that its backend extends. In a
 * bundle tfjs-core has classes of ES2015, which refuse that. The constructor of `KernelBackend` does nothing.
 */
function callable({ prototype }: typeof KernelBackend): unknown {
  function Callable() {}
  Callable.prototype = prototype;
  return Callable;
}
