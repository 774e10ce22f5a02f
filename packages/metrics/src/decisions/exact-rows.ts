import { meanOf } from '../averaging/mean-of';
import type { CheckedInputs } from '../input/check-inputs';
import type { ThresholdOptions } from '../options';
import { countCells } from './count-cells';

/**
 * The share or number of rows in which every known label is predicted right, or of rows in which at least one
 * is wrong.
 *
 * @param normalize true for the share of the rows, false for their number, or the sum of their weights
 */
export function exactRows(
  metric: string,
  inputs: CheckedInputs,
  options: Pick<ThresholdOptions, 'threshold' | 'comparison'>,
  which: 'right' | 'wrong',
  normalize: boolean,
): number {
  const { fp, fn, weights } = countCells(metric, inputs, options, 'row');
  const counted = fp.map((count, row) => Number((count + fn[row] === 0) === (which === 'right')));
  if (normalize) return meanOf(counted, 'nan', weights);
  return counted.reduce((sum, value, row) => sum + value * (weights?.[row] ?? 1), 0);
}
