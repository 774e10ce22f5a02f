import * as tf from '@tensorflow/tfjs-core';
import { heldBy } from '../../tfjs-internals/variable-data';

/**
 * The values of model variables that only a session holds, as a backend of TensorFlow.js.
 *
 * Reading such a variable reads the session's current value. If a kernel of the backend in use needs the variable,
 * TensorFlow.js moves the data to that backend, as between any two backends. The variable then holds data of its own.
 */
export class SessionValues extends tf.KernelBackend {
  readonly #held = new Map<object, tf.Variable>();
  /** Values that were read from the session together with another one, and have not been asked for yet. */
  readonly #read = new Map<object, tf.Tensor>();

  /** @param readAll reads all variables from the session, in order. Callers that read one variable mostly read all. */
  constructor(
    readonly variables: readonly tf.Variable[],
    readonly readAll: () => tf.Tensor[],
  ) {
    super();
  }

  /** Frees the data that the variables have of their own. From now on, only the session holds their values. */
  holdAll(): void {
    for (const variable of this.variables) {
      if (this.#held.has(variable.dataId)) continue;
      const dataId = {};
      this.#held.set(dataId, variable);
      heldBy(this, variable, dataId);
    }
  }

  /** Copies the session's values into the variables, which hold data of their own again. */
  releaseAll(): void {
    for (const [dataId, variable] of [...this.#held]) {
      const value = this.#take(dataId);
      variable.assign(value);
      value.dispose();
    }
    this.outdate();
  }

  /** Drops values that were read ahead. Call it before the session's values change. */
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
