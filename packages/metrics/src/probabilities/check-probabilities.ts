import { ScoreValueError } from '../errors';
import { type CheckedInputs, checkInputs } from '../input/check-inputs';
import { nameCell } from '../input/name-cell';
import type { MatrixInput } from '../matrix-input';
import type { InputOptions } from '../options';

/** Checks labels and probabilities: scores must be in [0, 1]. */
export function checkProbabilities(
  metric: string,
  yTrue: MatrixInput,
  yProb: MatrixInput,
  options: InputOptions,
): CheckedInputs {
  const inputs = checkInputs(metric, yTrue, yProb, options);
  const { scores, columns, known } = inputs;
  const outside = scores.findIndex((score, cell) => (score < 0 || score > 1) && known?.[cell] !== 0);
  if (outside >= 0) {
    throw new ScoreValueError(
      `${metric}: expected probabilities in [0, 1]; received ${nameCell(scores, outside, columns, options.labels)}. Are these logits? Take the sigmoid first.`,
    );
  }
  return inputs;
}
