import * as tfl from '@tensorflow/tfjs-layers';

interface Initializer {
  apply(shape: number[], dtype?: string): unknown;
}

/** The method of a layer that makes a weight. The type declarations of tfjs-layers hide it from other classes. */
export type AddWeight = (
  this: object,
  name: string,
  shape: number[],
  dtype: string,
  initializer: Initializer,
  ...rest: unknown[]
) => { dispose(): void };

/**
 * Runs a function during which all layers make their weights in another way. What the function does after it returns, if
 * it returns a promise, isn't changed.
 *
 * @param replace makes the new method from the layers' own.
 */
export function replacingAddWeight<Result>(
  replace: (own: AddWeight) => AddWeight,
  action: () => Result,
): Result {
  const prototype = tfl.layers.Layer.prototype as unknown as { addWeight: AddWeight };
  const { addWeight } = prototype;
  prototype.addWeight = replace(addWeight);
  try {
    return action();
  } finally {
    prototype.addWeight = addWeight;
  }
}
