import * as tf from '@tensorflow/tfjs-core';
import { heldBy } from '../../tfjs-internals/variable-data';

/**
 * Values of variables that lie in a session and nowhere else, until someone wants them.
 *
 * To TensorFlow.js this is one more backend that holds data: whoever reads such a variable reads what the session has by
 * then, and a kernel of the backend in use has it moved there first, as between any two backends. From then on it is a
 * copy like any other.
 */
export class SessionValues extends tf.KernelBackend {
  readonly #held = new Map<object, tf.Variable>();
  /** What was read with another one and not asked for yet. */
  readonly #read = new Map<object, tf.Tensor>();

  /** @param readAll what the session has of these variables, in their order: who wants one mostly wants all. */
  constructor(
    readonly variables: readonly tf.Variable[],
    readonly readAll: () => tf.Tensor[],
  ) {
    super();
  }

  /** Frees the data that variables have of their own: from now on it is what the session has. */
  holdAll(): void {
    for (const variable of this.variables) {
      if (this.#held.has(variable.dataId)) continue;
      const dataId = {};
      this.#held.set(dataId, variable);
      heldBy(this, variable, dataId);
    }
  }

  /** Gives the variables data of their own again. */
  releaseAll(): void {
    for (const [dataId, variable] of [...this.#held]) {
      const value = this.#take(dataId);
      variable.assign(value);
      value.dispose();
    }
    this.outdate();
  }

  /** To be called before the session's values change. */
  outdate(): void {
    tf.dispose([...this.#read.values()]);
    this.#read.clear();
  }

  override readSync(dataId: object): tf.BackendValues {
    const value = this.#take(dataId);
    try {
      return value.dataSync();
    } finally {
      value.dispose();
    }
  }

  override async read(dataId: object): Promise<tf.BackendValues> {
    return this.readSync(dataId);
  }

  override refCount(dataId: object): number {
    return Number(this.#held.has(dataId));
  }

  override disposeData(dataId: object): boolean {
    this.#read.get(dataId)?.dispose();
    this.#read.delete(dataId);
    return this.#held.delete(dataId);
  }

  override numDataIds(): number {
    return this.#held.size;
  }

  #take(dataId: object): tf.Tensor {
    if (!this.#read.has(dataId)) {
      this.outdate();
      for (const [i, value] of this.readAll().entries()) {
        const own = this.variables[i].dataId;
        if (this.#held.has(own)) this.#read.set(own, tf.keep(value));
        else value.dispose();
      }
    }
    const value = this.#read.get(dataId)!;
    this.#read.delete(dataId);
    return value;
  }
}
