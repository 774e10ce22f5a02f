import type { CheckedInputs } from '../input/check-inputs';
import type { ThresholdOptions } from '../options';
import { resolveThresholds } from './resolve-thresholds';

/** 0/1 predictions, row-major: which scores reach their class' threshold. */
export function decide(metric: string, inputs: CheckedInputs, options: ThresholdOptions): Uint8Array {
  const { rows, columns, scores } = inputs;
  const { threshold = 0.5, comparison = '>=' } = options;
  const thresholds = resolveThresholds(metric, inputs, threshold);
  const predicted = new Uint8Array(rows * columns);
  const inclusive = comparison === '>=';
  for (let row = 0, index = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, index++) {
      const score = scores[index]!;
      const limit = thresholds[column]!;
      predicted[index] = score > limit || (inclusive && score === limit) ? 1 : 0;
    }
  }
  return predicted;
}
