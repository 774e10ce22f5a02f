import { zeros } from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

/** A layer's method that makes a weight; the declarations leave it protected. */
interface MakesWeights {
  addWeight(
    name: string,
    shape: number[],
    dtype: string,
    initializer: Initializer,
    ...rest: unknown[]
  ): LayerVariable;
}

interface Initializer {
  apply(shape: number[], dtype?: string): unknown;
}

interface LayerVariable {
  dispose(): void;
}

const ZEROS: Initializer = { apply: (shape, dtype) => zeros(shape, dtype as 'float32') };

/**
 * Makes a network whose weights are overwritten afterwards: they begin as zeros, because drawing 23 million random numbers
 * takes seconds. A network that wants more numbers than are stored for it is refused before it takes the memory.
 *
 * @param stored how many numbers all weights have together.
 * @param tooLarge makes the error of a sentence that says what is too large.
 * @param make must make the layers before it returns, even if it returns a promise.
 * @throws what `tooLarge` makes, or what `make` throws; no weight is left behind then.
 */
export async function withoutInitialValues<Model>(
  stored: number,
  tooLarge: (sentence: string) => Error,
  make: () => Promise<Model>,
): Promise<Model> {
  const prototype = tfl.layers.Layer.prototype as unknown as MakesWeights;
  const { addWeight } = prototype;
  const made: LayerVariable[] = [];
  // Somewhat more, so that a network that merely doesn't fit is compared with its weights by name.
  let left = 2 * stored + 2 ** 20;
  prototype.addWeight = function (this: MakesWeights, name, shape, dtype, _, ...rest) {
    left -= shape.reduce((product, size) => product * size, 1);
    if (!(left >= 0)) {
      throw tooLarge(
        `expected layers for the ${stored} numbers of the weights; they want more than twice as many, from "${name}" of ` +
          `shape ${shape.join('×')} on`,
      );
    }
    const weight = addWeight.call(this, name, shape, dtype, ZEROS, ...rest);
    made.push(weight);
    return weight;
  };
  let model: Promise<Model>;
  try {
    model = make();
  } finally {
    prototype.addWeight = addWeight;
  }
  try {
    return await model;
  } catch (error) {
    for (const weight of made) weight.dispose();
    throw error;
  }
}
