import * as tf from '@tensorflow/tfjs-core';

/** Runs a backend's kernel by name. For kernels whose options no public function of TensorFlow.js offers. */
export function runKernel(
  name: string,
  inputs: Readonly<Record<string, tf.Tensor>>,
  attributes: object,
): tf.Tensor {
  return tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor;
}
