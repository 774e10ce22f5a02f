import { setBackend } from '@tensorflow/tfjs-core';
import { addonFault } from './addon-record';
import { findTfjsNode } from './find-tfjs-node';

/** Either TensorFlow's version, now that the native backend is on, or why it is not. */
export type NativeLoad =
  | { readonly tensorflow: string }
  | { readonly reason: string; readonly remedy: string };

const SET_UP = 'Run npx thaw-backends setup.';

/**
 * Loads tfjs-node and makes it the backend. Free of `node:` imports, because the main entry, which browsers load,
 * uses it; downloads and compiles nothing.
 */
export async function loadTfjsNode(project?: string): Promise<NativeLoad> {
  if (typeof process === 'undefined' || !process.versions?.node)
    return { reason: 'it needs Node', remedy: '' };
  if (!process.getBuiltinModule) {
    return { reason: `it needs Node 20.16 or later, this is ${process.version}`, remedy: 'Update Node.' };
  }
  const tfjsNode = findTfjsNode(project);
  if (!tfjsNode) {
    return {
      reason: '@tensorflow/tfjs-node is not installed',
      remedy: 'Run npm install --ignore-scripts @tensorflow/tfjs-node, then npx thaw-backends setup.',
    };
  }
  const fault = addonFault(tfjsNode);
  if (fault) return { reason: fault, remedy: SET_UP };
  // TensorFlow writes its start-up messages to stderr; errors still come through. A value of the user's own stays.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // TensorFlow's oneDNN kernels are on by themselves only where the processor has AVX-512 VNNI; with AVX2 they are faster too.
  if (process.arch === 'x64') process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
  restoreUtilFunctions();
  const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);
  try {
    require(tfjsNode.folder);
    const { TF_Version: tensorflow } = require(tfjsNode.addon) as { TF_Version: string };
    if (!(await setBackend('tensorflow'))) {
      return { reason: 'tfjs-node loaded but registered no backend', remedy: SET_UP };
    }
    const { registerNativeKernels } = await import('./register-native-kernels');
    registerNativeKernels();
    return { tensorflow };
  } catch (error) {
    const [line] = (error as Error).message.split('\n');
    return { reason: `tfjs-node does not load (${line})`, remedy: SET_UP };
  }
}

/**
 * tfjs-node 4.22 calls two functions of `util` that Node 23 removed and that Node 22 warns about on stderr
 * (tfjs issues 8609 and 8746).
 */
function restoreUtilFunctions(): void {
  const util = process.getBuiltinModule('node:util') as unknown as Record<string, unknown>;
  util.isNullOrUndefined = (value: unknown) => value === null || value === undefined;
  util.isArray = Array.isArray;
}
