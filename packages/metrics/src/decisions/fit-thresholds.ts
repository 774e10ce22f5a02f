import { checkInputs } from '../input/check-inputs';
import { checkOptions } from '../input/check-options';
import { fbetaRules, inputRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { InputOptions } from '../options';
import type { CurveCounts } from '../ranking/curves/curve-of-runs';
import { visitCurves } from '../ranking/curves/visit-curves';
import { fbeta } from './ratio';

/** What a threshold is to be best for. */
export type ThresholdObjective = 'fbeta' | 'youden' | 'precision' | 'recall';

/** Options of {@link fitThresholds}. */
export interface FitThresholdsOptions extends InputOptions {
  /**
   * What is maximised: F-beta; Youden's J = recall + specificity − 1; precision among the thresholds whose recall is at least
   * `atLeast`; or recall among those whose precision is. Default `'fbeta'`.
   */
  readonly objective?: ThresholdObjective;
  /** How many times as much recall weighs as precision in F-beta. Default 1. */
  readonly beta?: number;
  /** The least recall, or precision, that is allowed, in [0, 1]. Default 0. */
  readonly atLeast?: number;
  /** The threshold of a class for which nothing is defined or allowed. Default NaN, which metrics refuse as a threshold. */
  readonly fallback?: number;
}

/** What {@link fitThresholds} gives, one per class. */
export interface FittedThresholds {
  /** To be given to any metric as `threshold`. */
  readonly thresholds: Float64Array;
  /** What the objective is there, on the rows that it was fitted on; NaN where the fallback stands. */
  readonly values: Float64Array;
}

const rules = {
  objective: {
    accepts: (value: unknown) => ['fbeta', 'youden', 'precision', 'recall'].includes(value as string),
    expected: '"fbeta", "youden", "precision" or "recall"',
  },
  beta: fbetaRules.beta,
  atLeast: {
    accepts: (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1,
    expected: 'a number in [0, 1]',
  },
  fallback: { accepts: (value: unknown) => typeof value === 'number', expected: 'a number' },
  ...inputRules,
};

/**
 * The threshold of each class that is best on the rows given, to be applied to others.
 *
 * Every distinct score of a class is tried as a threshold, from one sort (Youden 1950 for J; scikit-learn's `TunedThresholdClassifierCV` does it
 * for one column). Fit it on validation rows: on the rows that a threshold was fitted on, its value is too good.
 *
 * - Where several thresholds are equally good, the highest is taken: the fewest predictions.
 * - A class without positives has no F-beta, no J and no recall, and with `atLeast` out of reach no threshold is allowed: `fallback`.
 * - Thresholds are scores as they came; of `Float32Array` scores they are 32-bit floats.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yScore scores of the same shape
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { f1Score, fitThresholds } from '@thawjs/metrics';
 *
 * const validation = { yTrue: [[1, 0], [0, 1], [1, 1]], yScore: [[0.4, 0.1], [0.2, 0.3], [0.3, 0.8]] };
 * const { thresholds, values } = fitThresholds(validation.yTrue, validation.yScore);
 * console.log(thresholds, values); // Float64Array(2) [ 0.3, 0.3 ] Float64Array(2) [ 1, 1 ]
 * console.log(f1Score([[1, 0]], [[0.35, 0.1]], { threshold: thresholds, undefined: 'skip' })); // 1
 * ```
 */
export function fitThresholds(
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: FitThresholdsOptions = {},
): FittedThresholds {
  checkOptions('fitThresholds', options, rules);
  const { objective = 'fbeta', beta = 1, atLeast = 0, fallback = Number.NaN } = options;
  const inputs = checkInputs('fitThresholds', yTrue, yScore, options);
  const thresholds = new Float64Array(inputs.columns).fill(fallback);
  const values = new Float64Array(inputs.columns).fill(Number.NaN);
  visitCurves(inputs, (curve, column) => {
    const value = valueAt(curve, objective, beta, atLeast);
    for (let at = 0; at < curve.scores.length; at++) {
      const reached = value(at);
      if (!(reached > values[column] || (Number.isNaN(values[column]) && !Number.isNaN(reached)))) continue;
      values[column] = reached;
      thresholds[column] = curve.scores[at];
    }
  });
  return { thresholds, values };
}

/** The objective at a corner of the curve; NaN where it is not defined or not allowed. */
function valueAt(
  { truePositives, falsePositives }: CurveCounts,
  objective: ThresholdObjective,
  beta: number,
  atLeast: number,
): (at: number) => number {
  const positives = truePositives.at(-1) ?? 0;
  const negatives = falsePositives.at(-1) ?? 0;
  const recall = (at: number) => truePositives[at] / positives;
  const precision = (at: number) => truePositives[at] / (truePositives[at] + falsePositives[at]);
  if (positives === 0) return () => Number.NaN;
  switch (objective) {
    case 'fbeta': {
      const ratio = fbeta(beta);
      return (at) => ratio(truePositives[at], falsePositives[at], positives - truePositives[at], 0);
    }
    case 'youden':
      // Over one denominator, so that equally good thresholds are equal to the last bit.
      return (at) =>
        (truePositives[at] * negatives - falsePositives[at] * positives) / (positives * negatives);
    case 'precision':
      return (at) => (recall(at) >= atLeast ? precision(at) : Number.NaN);
    case 'recall':
      return (at) => (precision(at) >= atLeast ? recall(at) : Number.NaN);
  }
}
