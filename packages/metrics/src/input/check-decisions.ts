import type { MatrixInput } from '../matrix-input';
import type { ThresholdOptions } from '../options';
import { type CheckedInputs, checkInputs } from './check-inputs';

/**
 * Checks labels and the scores that a threshold turns into predictions. Without an explicit threshold, scores
 * outside [0, 1] are refused.
 */
export function checkDecisions(
  metric: string,
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: ThresholdOptions,
): CheckedInputs {
  return checkInputs(metric, yTrue, yScore, options, options.threshold === undefined ? 'unit' : 'finite');
}
