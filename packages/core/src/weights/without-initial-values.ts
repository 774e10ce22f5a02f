import { zeros } from '@tensorflow/tfjs-core';
import { type AddWeight, replacingAddWeight } from '../tfjs-internals/add-weight';

const ZEROS = { apply: (shape: number[], dtype?: string) => zeros(shape, dtype as 'float32') };

/**
 * Makes a network whose weights will be overwritten. The weights begin as zeros, because drawing 23 million random numbers
 * takes seconds. A network with more weights than are stored for it is refused before memory is allocated.
 *
 * @param stored the number of stored numbers of all weights.
 * @param tooLarge makes an error from a sentence that says what is too large.
 * @param make makes the layers. It must do so before it returns, even if it returns a promise.
 * @throws the error of `tooLarge`, or errors of `make`. All weights are then disposed.
 */
export async function withoutInitialValues<Model>(
  stored: number,
  tooLarge: (sentence: string) => Error,
  make: () => Promise<Model>,
): Promise<Model> {
  const made: ReturnType<AddWeight>[] = [];
  // The limit is somewhat higher than `stored`, so that a network that merely doesn't fit gets an error with names.
  let left = 2 * stored + 2 ** 20;
  const model = replacingAddWeight(
    (own) =>
      function (this: object, name, shape, dtype, _, ...rest) {
        left -= shape.reduce((product, size) => product * size, 1);
        if (!(left >= 0)) {
          throw tooLarge(
            `expected layers for the ${stored} numbers of the weights; they want more than twice as many, from "${name}" of ` +
              `shape ${shape.join('×')} on`,
          );
        }
        const weight = own.call(this, name, shape, dtype, ZEROS, ...rest);
        made.push(weight);
        return weight;
      },
    make,
  );
  try {
    return await model;
  } catch (error) {
    for (const weight of made) weight.dispose();
    throw error;
  }
}
