import { makeOptimizer } from '../../optimizers/make-optimizer';
import type { Optimizer, OptimizerDescription } from '../../optimizers/optimizer';

/** A function that can't be written as JSON: its source. */
export interface SourceDescription {
  readonly custom: string;
}

/** A loss or a schedule as JSON: what its `toJSON` gives, or its source. */
export function described<Description extends object>(value: {
  readonly definition?: unknown;
  toJSON?(): Description;
}): Description | SourceDescription {
  return value.toJSON?.() ?? { custom: String(value.definition ?? value) };
}

/** The optimizers that a function makes, as JSON: their name and options, or the function's source. */
export function describedOptimizer(
  make: (options: { learningRate: number }) => Optimizer,
): OptimizerDescription | SourceDescription {
  const probe = makeOptimizer(make, 1e-3);
  try {
    return probe.toJSON?.() ?? { custom: String(make) };
  } finally {
    try {
      probe.dispose();
    } catch {
      // The phase disposes the optimizer that it makes, and tells the failure then.
    }
  }
}
