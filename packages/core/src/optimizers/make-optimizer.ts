import { OptionError } from '../errors';
import type { Optimizer } from './optimizer';

/**
 * Calls the option `optimizer` of a phase.
 *
 * @throws OptionError if the function returns something that is no optimizer, such as one of TensorFlow.js' own.
 */
export function makeOptimizer(
  make: (options: { learningRate: number }) => Optimizer,
  learningRate: number,
): Optimizer {
  const made: Partial<Optimizer> | null | undefined = make({ learningRate });
  if (typeof made?.apply === 'function' && typeof made.dispose === 'function') return made as Optimizer;
  const came = made ? 'an object without apply and dispose' : String(made);
  throw new OptionError(
    `optimizer: expected a function that returns an optimizer, such as (options) => adam(options); it returned ${came}. ` +
      "TensorFlow.js' own optimizers can't be taken.",
  );
}
