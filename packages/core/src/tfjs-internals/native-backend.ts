import * as tf from '@tensorflow/tfjs-core';

/** The methods of TensorFlow.js' native backend (tfjs-node) that are not part of its public types. */
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
  /** Loads a folder with a SavedModel into a new session, and returns the session's number. */
  loadSavedModelMetaGraph(folder: string, tags: string): number;
  /** Computes outputs of a session from inputs. Both are named `node:output`. */
  runSavedModel(
    session: number,
    inputs: readonly tf.Tensor[],
    names: readonly { readonly name: string }[],
    outputs: readonly string[],
  ): tf.Tensor[];
  deleteSavedModel(session: number): void;
}

/** The native backend, if it is the backend in use. */
export function nativeBackend(): NativeBackend | undefined {
  return tf.getBackend() === 'tensorflow' ? (tf.backend() as unknown as NativeBackend) : undefined;
}
