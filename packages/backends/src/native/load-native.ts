import * as tf from '@tensorflow/tfjs-core';
import { startFailure } from '../start-failure';
import { tensorflowVersion } from '../tfjs-internals/native-backend';
import { type FoundNative, findNative, SET_UP } from './find-native';
import { loadCachedBackend } from './load-cached-backend';
import type { NativeLoad, NativePlaces } from './native-load';
import { registerNativeKernels } from './register-native-kernels';
import { uploadAtOnce } from './upload-at-once';

/** tfjs' name of the backend, whoever registered it. */
const BACKEND = 'tensorflow';

/**
 * Makes the native backend the one that TensorFlow.js computes on. Downloads and compiles nothing.
 *
 * A tfjs-node that the program has imported by itself is used as it is: two copies of TensorFlow in a process get in
 * each other's way.
 */
export async function loadNative(places: NativePlaces = {}): Promise<NativeLoad> {
  if (typeof process === 'undefined' || !process.versions?.node)
    return { reason: 'it needs Node', remedy: '' };
  if (!process.getBuiltinModule) {
    return { reason: `it needs Node 20.16 or later, this is ${process.version}`, remedy: 'Update Node.' };
  }
  // tfjs-node's kernels call these at every run, so they are needed even if it's there already.
  restoreUtilFunctions();
  let from = 'the one that is loaded already';
  try {
    if (!tf.findBackendFactory(BACKEND)) {
      const found = findNative(places);
      if ('reason' in found) return found;
      from = `the one in ${found.folder}`;
      registerBackend(found);
    }
    if (!(await tf.setBackend(BACKEND))) throw new Error(await startFailure(BACKEND));
    registerNativeKernels();
    uploadAtOnce(tf.backend());
    return { tensorflow: tensorflowVersion(tf.backend()) };
  } catch (error) {
    const [line] = (error as Error).message.split('\n');
    // The next call searches again after a failed start, because a set-up may have fixed the cause.
    tf.removeBackend(BACKEND);
    return { reason: `${from} does not start (${line})`, remedy: SET_UP };
  }
}

function registerBackend({ origin, folder, addon }: FoundNative): void {
  // TensorFlow writes its start-up messages to stderr; errors still come through. A value of the user's own stays.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // TensorFlow turns its oneDNN kernels on by itself only with AVX-512 VNNI. With AVX2 they are faster, too.
  if (process.arch === 'x64') process.env.TF_ENABLE_ONEDNN_OPTS ??= '1';
  if (origin === 'cache') {
    loadCachedBackend(tf, BACKEND, folder, addon);
    return;
  }
  const { join } = process.getBuiltinModule('node:path');
  const require = process.getBuiltinModule('node:module').createRequire(join(folder, 'package.json'));
  require(folder);
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
