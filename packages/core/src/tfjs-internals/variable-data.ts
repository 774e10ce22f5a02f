import * as tf from '@tensorflow/tfjs-core';

/**
 * Makes a backend hold a variable's data from now on, under the given `dataId`, and frees the variable's old data. `assign`
 * would move the data to the backend in use at once.
 */
export function heldBy(backend: tf.KernelBackend, variable: tf.Variable, dataId: object): void {
  // The variable takes over the tensor's data.
  tf.keep(tf.engine().makeTensorFromDataId(dataId, variable.shape, variable.dtype, backend));
  tf.engine().disposeTensor(variable);
  variable.dataId = dataId;
}
