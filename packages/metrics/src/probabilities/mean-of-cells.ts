import { fillUndefined, meanOf } from '../averaging/mean-of';
import type { CheckedInputs } from '../input/check-inputs';
import type { Averaged, ClassAverage, InputOptions, UndefinedPolicy } from '../options';

/** Options of the losses of probabilities. */
export interface LossOptions<A extends ClassAverage = ClassAverage> extends InputOptions {
  /** Default `'macro'`. */
  readonly average?: A;
  /** What to do with a class without known labels. Default `'nan'`. */
  readonly undefined?: UndefinedPolicy;
}

/** The (weighted) mean of a loss of single cells: of each class, or averaged. */
export function meanOfCells<A extends ClassAverage>(
  inputs: CheckedInputs,
  loss: (probability: number, label: number) => number,
  average: A,
  policy: UndefinedPolicy,
): Averaged<A>;
export function meanOfCells(
  { rows, columns, truth, scores, known, weights }: CheckedInputs,
  loss: (probability: number, label: number) => number,
  average: ClassAverage,
  policy: UndefinedPolicy,
): Float64Array | number {
  const sums = new Float64Array(columns);
  const totals = new Float64Array(columns);
  const support = new Float64Array(columns);
  for (let row = 0, index = 0; row < rows; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    for (let column = 0; column < columns; column++, index++) {
      if (known?.[index] === 0) continue;
      sums[column] += weight * loss(scores[index], truth[index]);
      totals[column] += weight;
      support[column] += weight * truth[index];
    }
  }
  const means = sums.map((sum, column) => sum / totals[column]);
  if (average === 'none') return means.map((mean) => fillUndefined(mean, policy));
  // All pairs together: each class weighs as much as its known cells.
  if (average === 'micro') return meanOf(means, policy, totals);
  return meanOf(means, policy, average === 'weighted' ? support : undefined);
}
