import { OptionError } from '../errors';
import { adam } from './adam';
import { adamW } from './adam-w';
import type { Optimizer, OptimizerDescription } from './optimizer';
import { rmsprop } from './rmsprop';
import { sgd } from './sgd';

/** The optimizers that have names. A new one needs a line here. */
const OPTIMIZERS: Readonly<Record<string, (options: object) => Optimizer>> = { adam, adamW, rmsprop, sgd };

/**
 * Makes the `optimizer` option of a phase of its description, as recipes and JSON files have it.
 *
 * @returns a function that makes a fresh optimizer for a learning rate. It throws OptionError if an option is misspelt or
 * outside its range.
 * @throws OptionError if there is no optimizer of that name.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { adamW, optimizerOf } from '@thawjs/core';
 *
 * const text = JSON.stringify(adamW({ weightDecay: 0.01 }));
 * const optimizer = optimizerOf(JSON.parse(text))({ learningRate: 0.5 });
 * console.log(optimizer.learningRate, JSON.stringify(optimizer) === text); // 0.5 true
 * ```
 */
export function optimizerOf({
  optimizer,
  ...options
}: OptimizerDescription): (options: { learningRate: number }) => Optimizer {
  if (!Object.hasOwn(OPTIMIZERS, optimizer)) {
    throw new OptionError(
      `optimizerOf: expected an optimizer among ${Object.keys(OPTIMIZERS).join(', ')}; received "${optimizer}".`,
    );
  }
  return ({ learningRate }) => OPTIMIZERS[optimizer]({ ...options, learningRate });
}
