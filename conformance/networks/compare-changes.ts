import type { BatchNormMode } from '../../packages/core/src/freezing/batch-norm-mode';
import type { Change } from './reference-changes';

/** The differences of a step's gradients and statistics from the reference's. */
export interface ChangesComparison {
  /**
   * The largest difference within a weight, relative to the weight's largest gradient. That gradient is taken to be at
   * least a ten-thousandth of the network's largest, because some gradients are 0 except for rounding, such as those of
   * a bias before a BatchNormalization.
   */
  readonly worst: number;
  readonly worstName: string;
  /** The length of the difference of all gradients as one vector, relative to the length of the reference's vector. */
  readonly distance: number;
  /** The largest difference of a moving statistic, relative to the largest change in its layer. */
  readonly moved: number;
}

/** Compares all weights. Frozen ones must not have changed by a bit. */
export function compareChanges(
  ours: ReadonlyMap<string, ArrayLike<number>>,
  reference: ReadonlyMap<string, Change>,
  mode: BatchNormMode,
): ChangesComparison {
  const learning = [...reference].filter(([, { isMoving }]) => !isMoving);
  const least = 1e-4 * Math.max(...learning.map(([, { values }]) => largest(values)));
  let [worst, worstName, squares, all, moved] = [0, '', 0, 0, 0];
  for (const [name, { values, isNorm, isMoving }] of reference) {
    const found = ours.get(name) ?? [];
    const stays = isMoving ? mode !== 'training' : isNorm && mode === 'frozen';
    const differences = Float64Array.from(values, (value, i) => found[i] - (stays ? 0 : value));
    const difference = largest(differences);
    if (stays) moved = difference === 0 ? moved : Number.POSITIVE_INFINITY;
    else if (isMoving) moved = Math.max(moved, difference / largest(values));
    else {
      const error = difference / Math.max(largest(values), least);
      if (!(error <= worst)) [worst, worstName] = [error, name];
      for (const [i, value] of values.entries()) {
        squares += differences[i] ** 2;
        all += value ** 2;
      }
    }
  }
  return { worst, worstName, distance: Math.sqrt(squares / all), moved };
}

/** The largest magnitude; NaN if any value is NaN. */
function largest(values: Iterable<number>): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
