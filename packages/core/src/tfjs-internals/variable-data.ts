import * as tf from '@tensorflow/tfjs-core';

/**
 * Lets a backend hold a variable's data from now on, under an identity of the backend's own, and frees the data that the
 * variable had. `assign` would have the data moved at once.
 */
export function heldBy(backend: tf.KernelBackend, variable: tf.Variable, dataId: object): void {
  // The variable takes the tensor's place.
  tf.keep(tf.engine().makeTensorFromDataId(dataId, variable.shape, variable.dtype, backend));
  tf.engine().disposeTensor(variable);
  variable.dataId = dataId;
}
