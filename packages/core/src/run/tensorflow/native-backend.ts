import * as tf from '@tensorflow/tfjs-core';

/** What TensorFlow.js' native backend (tfjs-node) can do beside TensorFlow.js' own kernels. */
export interface NativeBackend {
  readonly binding: Readonly<
    Record<'TF_ATTR_TYPE' | 'TF_ATTR_INT' | 'TF_ATTR_STRING' | 'TF_ATTR_FLOAT' | 'TF_ATTR_BOOL', number>
  >;
  executeMultipleOutputs(
    op: string,
    attributes: readonly { name: string; type: number; value: unknown }[],
    inputs: readonly tf.Tensor[],
    outputs: number,
  ): tf.Tensor[];
  /** Loads a folder with a SavedModel into a session of its own, and gives its number. */
  loadSavedModelMetaGraph(folder: string, tags: string): number;
  /** Runs what the outputs ask for, given inputs by the names of their nodes' outputs. */
  runSavedModel(
    session: number,
    inputs: readonly tf.Tensor[],
    names: readonly { readonly name: string }[],
    outputs: readonly string[],
  ): tf.Tensor[];
  deleteSavedModel(session: number): void;
}

/** The native backend where it is the one in use. */
export function nativeBackend(): NativeBackend | undefined {
  return tf.getBackend() === 'tensorflow' ? (tf.backend() as unknown as NativeBackend) : undefined;
}
