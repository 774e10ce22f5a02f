import { availableParallelism, cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { env, findBackendFactory } from '@tensorflow/tfjs-core';
import type { BackendName } from '../backend-refusal';
import { cacheFolder } from '../native/cache-folder';
import { checkAddon } from '../native/check-addon';
import { type FoundNative, findNative, SET_UP } from '../native/find-native';
import { findTfjsNode } from '../native/find-tfjs-node';
import { nativeFolder } from '../native/native-folder';
import type { NoNative } from '../native/native-load';
import { NativeSetupError } from '../native/native-setup-error';
import { isCacheWhole, tensorflowFolder } from '../native/tensorflow-cache';
import { tensorflowWheel } from '../native/tensorflow-wheel';
import { ownBinary } from '../wasm/own-binary';
import { withBinary } from '../wasm/with-binary';
import { withoutErrorHooks } from '../wasm/without-error-hooks';
import { diagnoseGpu, type GpuDiagnosis } from './gpu';

/** The state of one backend on this machine. */
export interface BackendDiagnosis {
  readonly name: BackendName;
  readonly available: boolean;
  /** The software or hardware that the backend runs on, if it is available: 'TensorFlow 2.21.0', 'SIMD'. */
  readonly detail: string;
  /** The number of threads that it computes with, if it is available. */
  readonly threads?: number;
  /** The reason why it isn't available. */
  readonly reason?: string;
  /** The command to run or the thing to change, if it isn't available. */
  readonly remedy?: string;
}

/** The facts that `thaw-backends doctor` prints. */
export interface Diagnosis {
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly memoryBytes: number;
  /** The backend that useBestBackend() would take. */
  readonly backend: BackendName;
  /** TensorFlow's version, if the native backend is available. */
  readonly tensorflow?: string;
  /** Version and folder of a tfjs-node that is installed; the native backend needs none. */
  readonly tfjsNode?: { readonly version: string; readonly folder: string };
  /** The folder of TensorFlow's libraries, and whether they are whole; absent if no wheel exists for this machine. */
  readonly cache?: { readonly folder: string; readonly whole: boolean };
  /** Absent on machines without NVIDIA's driver, unless the backend for GPUs is set up. */
  readonly gpu?: GpuDiagnosis | undefined;
  readonly backends: readonly BackendDiagnosis[];
}

/**
 * Says which backends work here and why the others do not. Changes nothing: the native addon is loaded in a process
 * of its own, and tfjs' current backend stays what it is. Takes about half a second.
 *
 * @param project the folder from which an installed tfjs-node is looked for. Default: the working directory
 * @param cache the folder that `setupNative` was given as `cache`. Default: `cacheFolder()`
 *
 * @example
 * ```ts
 * import { diagnose } from '@thawjs/backends/node';
 *
 * const { backends } = await diagnose();
 * console.log(backends.map(({ name }) => name).join(' ')); // native wasm cpu
 * ```
 */
export async function diagnose(project?: string, cache?: string): Promise<Diagnosis> {
  const tfjsNode = findTfjsNode(project);
  const found = findNative({ project, cache });
  const addon = 'addon' in found ? found : undefined;
  const isCuda = addon?.folder === nativeFolder(resolve(cache ?? cacheFolder()), 'cuda');
  const backends = [await native(found), await wasm(), cpu()];
  const [first] = cpus();
  return {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpu: `${availableParallelism()} × ${first?.model.trim() ?? 'unknown'}`,
    memoryBytes: totalmem(),
    backend: backends.find(({ available }) => available)!.name,
    tensorflow: /^TensorFlow (.+)$/.exec(backends[0].detail)?.[1],
    tfjsNode: tfjsNode && { version: tfjsNode.version, folder: tfjsNode.folder },
    cache: await cached(cache ?? cacheFolder()),
    gpu: await diagnoseGpu(addon?.addon, isCuda),
    backends,
  };
}

async function native(found: FoundNative | NoNative): Promise<BackendDiagnosis> {
  if ('reason' in found) return { name: 'native', available: false, detail: '', ...found };
  const check = await checkAddon(found.addon);
  if ('fault' in check) {
    return { name: 'native', available: false, detail: '', reason: check.fault, remedy: SET_UP };
  }
  const threads = Number(process.env.TF_NUM_INTRAOP_THREADS) || availableParallelism();
  return { name: 'native', available: true, detail: `TensorFlow ${check.tensorflow}`, threads };
}

async function wasm(): Promise<BackendDiagnosis> {
  await import('@tensorflow/tfjs-backend-wasm');
  try {
    const start = async () => findBackendFactory('wasm')();
    const binary = await ownBinary();
    const backend = await withoutErrorHooks(() => (binary ? withBinary(binary, start) : start()));
    backend.dispose();
    const simd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
    return { name: 'wasm', available: true, detail: simd ? 'SIMD' : 'without SIMD', threads: 1 };
  } catch (error) {
    const remedy = 'Reinstall @tensorflow/tfjs-backend-wasm.';
    return { name: 'wasm', available: false, detail: '', reason: (error as Error).message, remedy };
  }
}

function cpu(): BackendDiagnosis {
  return { name: 'cpu', available: true, detail: 'plain JavaScript', threads: 1 };
}

async function cached(cache: string): Promise<Diagnosis['cache']> {
  try {
    const folder = tensorflowFolder(resolve(cache), tensorflowWheel());
    return { folder, whole: await isCacheWhole(folder) };
  } catch (error) {
    if (error instanceof NativeSetupError) return undefined;
    throw error;
  }
}
