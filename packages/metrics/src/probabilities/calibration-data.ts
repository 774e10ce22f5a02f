import { checkInputs } from '../input/check-inputs';
import { checkOptions, type OptionRule } from '../input/check-options';
import { inputRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { InputOptions } from '../options';
import { poolPairs } from '../ranking/pool-pairs';
import { checkProbabilities } from './check-probabilities';
import type { SigmoidCalibration } from './sigmoid-calibration';
import { logitOf } from './sigmoid-calibration';

/** Options of what fits a calibration. */
export interface FitCalibrationOptions extends InputOptions {
  /** What the scores are. Default `'logits'`. */
  readonly from?: SigmoidCalibration['from'];
  /** `'none'`: every class its own calibration; `'micro'`: one for all. */
  readonly average?: 'none' | 'micro';
}

/** Rule of what scores are. */
const fromRule: OptionRule = {
  accepts: (value) => value === 'logits' || value === 'probabilities',
  expected: '"logits" or "probabilities"',
};

const rules = {
  from: fromRule,
  average: {
    accepts: (value: unknown) => value === 'none' || value === 'micro',
    expected: '"none" or "micro"',
  },
  ...inputRules,
};

/** Known logits of one class, or of all, with labels and weights. */
export interface LabelledLogits {
  readonly logits: readonly number[];
  readonly labels: readonly number[];
  readonly weights: readonly number[];
}

/** Reads what a calibration is fitted on, a class at a time. */
export function calibrationData(
  metric: string,
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: FitCalibrationOptions,
  average: 'none' | 'micro',
): LabelledLogits[] {
  checkOptions(metric, options, rules);
  const { from = 'logits' } = options;
  const door = from === 'logits' ? checkInputs : checkProbabilities;
  const checked = door(metric, yTrue, yScore, options);
  const { rows, columns, truth, scores, known, weights } = average === 'micro' ? poolPairs(checked) : checked;
  return Array.from({ length: columns }, (_, column) => {
    const seen = Array.from({ length: rows }, (_, row) => row).filter(
      (row) => known?.[row * columns + column] !== 0 && weights?.[row] !== 0,
    );
    return {
      logits: seen.map((row) => logitOf(scores[row * columns + column], from)),
      labels: seen.map((row) => truth[row * columns + column]),
      weights: seen.map((row) => weights?.[row] ?? 1),
    };
  });
}
