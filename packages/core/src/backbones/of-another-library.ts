import { WeightsMismatchError } from '../weights/errors';

/**
 * An error of loading weights. If they don't fit the network, the sentence names the same network of other libraries, whose
 * names of layers differ, as their padding, strides or epsilon do.
 */
export function orAnotherLibrarys(error: unknown, others: readonly string[]): unknown {
  if (!(error instanceof WeightsMismatchError) || others.length === 0) return error;
  const calls = others.map((name) => `backbone("${name}")`).join(' or ');
  return new WeightsMismatchError(
    `${error.message} The same network as other libraries define it is ${calls}.`,
    { cause: error },
  );
}
