import { checkInputs } from '../input/check-inputs';
import { checkOptions, type OptionRule } from '../input/check-options';
import { inputRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { InputOptions } from '../options';
import { poolPairs } from '../ranking/pool-pairs';
import { checkProbabilities } from './check-probabilities';
import type { SigmoidCalibration } from './sigmoid-calibration';
import { logitOf } from './sigmoid-calibration';

/** Options of the functions that fit a calibration. */
export interface FitCalibrationOptions extends InputOptions {
  /** What the scores are. Default `'logits'`. */
  readonly from?: SigmoidCalibration['from'];
  /** `'none'`: one calibration per class; `'micro'`: one for all classes. */
  readonly average?: 'none' | 'micro';
}

/** Rule of the option that says what the scores are. */
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

/** The known logits of one class, or of all classes, with labels and weights. */
export interface LabelledLogits {
  readonly logits: readonly number[];
  readonly labels: readonly number[];
  readonly weights: readonly number[];
}

/** Reads the logits that a calibration is fitted on, class by class. */
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
