import * as tf from '@tensorflow/tfjs-core';

/** Runs a kernel of the backend by its name, where TensorFlow.js has no function for it with all its options. */
export function runKernel(
  name: string,
  inputs: Readonly<Record<string, tf.Tensor>>,
  attributes: object,
): tf.Tensor {
  return tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor;
}
