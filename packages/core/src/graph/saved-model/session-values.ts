import * as tf from '@tensorflow/tfjs-core';

/**
 * Values of variables that lie in a session and nowhere else, until someone wants them.
 *
 * To TensorFlow.js this is one more backend that holds data: whoever reads such a variable reads what the session has by
 * then, and a kernel of the backend in use has it moved there first, as between any two backends. From then on it is a
 * copy like any other.
 */
export class SessionValues extends tf.KernelBackend {
  readonly #reads = new Map<object, () => tf.Tensor>();

  /** Frees the variable's own data; from now on it is what `read` gives, a tensor that is disposed here. */
  hold(variable: tf.Variable, read: () => tf.Tensor): void {
    const dataId = {};
    this.#reads.set(dataId, read);
    // The variable takes the tensor's place: `assign` would have the data moved at once.
    tf.keep(tf.engine().makeTensorFromDataId(dataId, variable.shape, variable.dtype, this));
    tf.engine().disposeTensor(variable);
    variable.dataId = dataId;
  }

  holds({ dataId }: tf.Variable): boolean {
    return this.#reads.has(dataId);
  }

  override readSync(dataId: object): tf.BackendValues {
    const tensor = this.#reads.get(dataId)!();
    try {
      return tensor.dataSync();
    } finally {
      tensor.dispose();
    }
  }

  override async read(dataId: object): Promise<tf.BackendValues> {
    return this.readSync(dataId);
  }

  override refCount(dataId: object): number {
    return Number(this.#reads.has(dataId));
  }

  override disposeData(dataId: object): boolean {
    return this.#reads.delete(dataId);
  }

  override numDataIds(): number {
    return this.#reads.size;
  }
}
