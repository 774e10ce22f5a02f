import { meanOf } from '../averaging/mean-of';
import type { CheckedInputs } from '../input/check-inputs';
import type { ThresholdOptions } from '../options';
import { countCells } from './count-cells';

/**
 * The share, or the number, of rows in which every known label is decided right, or of those in which one is wrong.
 *
 * @param normalize whether the share is taken; else rows count 1, or their weight
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
