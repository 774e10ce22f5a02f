import { checkInputs } from '../input/check-inputs';
import { checkOptions } from '../input/check-options';
import { fbetaRules, inputRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { InputOptions } from '../options';
import type { CurveCounts } from '../ranking/curves/curve-of-runs';
import { visitCurves } from '../ranking/curves/visit-curves';
import { fbeta } from './ratio';

/** The quantity that {@link fitThresholds} optimises. */
export type ThresholdObjective = 'fbeta' | 'youden' | 'precision' | 'recall' | 'cost';

/** Options of {@link fitThresholds}. */
export interface FitThresholdsOptions extends InputOptions {
  /**
   * What is optimised. `'fbeta'` maximises F-beta, `'youden'` Youden's J = recall + specificity − 1,
   * `'precision'` the precision of the thresholds whose recall is at least `atLeast`, `'recall'` the recall
   * of those whose precision is at least `atLeast`. `'cost'` minimises the mean cost per row, of
   * `falsePositiveCost` and `falseNegativeCost`. Default `'fbeta'`.
   */
  readonly objective?: ThresholdObjective;
  /** The weight of recall relative to precision in F-beta. Default 1. */
  readonly beta?: number;
  /**
   * The least recall (for `'precision'`) or precision (for `'recall'`) that is allowed, in [0, 1]. Default 0.
   */
  readonly atLeast?: number;
  /** The cost of a row that is wrongly predicted to have the label, at least 0. Default 1. */
  readonly falsePositiveCost?: number;
  /** The cost of a row whose label is missed, at least 0. Default 1. */
  readonly falseNegativeCost?: number;
  /**
   * The threshold of a class for which no threshold is defined or allowed. Default NaN, which metrics refuse
   * as a threshold.
   */
  readonly fallback?: number;
}

/** The result of {@link fitThresholds}, one value per class. */
export interface FittedThresholds {
  /** The thresholds; any metric takes them as its option `threshold`. */
  readonly thresholds: Float64Array;
  /**
   * The value of the objective at each threshold, on the rows that it was fitted on. NaN for a class that got
   * the fallback.
   */
  readonly values: Float64Array;
}

const costRule = {
  accepts: (value: unknown) => typeof value === 'number' && value >= 0 && Number.isFinite(value),
  expected: 'a finite number from 0',
};

const rules = {
  objective: {
    accepts: (value: unknown) => ['fbeta', 'youden', 'precision', 'recall', 'cost'].includes(value as string),
    expected: '"fbeta", "youden", "precision", "recall" or "cost"',
  },
  falsePositiveCost: costRule,
  falseNegativeCost: costRule,
  beta: fbetaRules.beta,
  atLeast: {
    accepts: (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1,
    expected: 'a number in [0, 1]',
  },
  fallback: { accepts: (value: unknown) => typeof value === 'number', expected: 'a number' },
  ...inputRules,
};

/**
 * Finds the threshold of each class that is best on the given rows. It is meant to be used on other rows.
 *
 * Every distinct score of a class is tried as a threshold, after one sort (Youden 1950 for J; scikit-learn's
 * `TunedThresholdClassifierCV` does this for one column). Fit thresholds on validation rows: on the rows that
 * a threshold was fitted on, metrics are too optimistic.
 *
 * - If several thresholds are equally good, the highest is taken, which predicts the fewest positives.
 * - With `'cost'`, predicting no positives is allowed, too: the threshold is then Infinity. A class without
 *   positives gets it.
 * - A class without positives has no F-beta, no J and no recall, so it gets `fallback`. So does a class in
 *   which no threshold reaches `atLeast`.
 * - Thresholds are scores of the input. With `Float32Array` scores they are 32-bit floats.
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
  const { fallback = Number.NaN } = options;
  const inputs = checkInputs('fitThresholds', yTrue, yScore, options);
  const thresholds = new Float64Array(inputs.columns).fill(fallback);
  const values = new Float64Array(inputs.columns).fill(Number.NaN);
  visitCurves(inputs, (curve, column) => {
    const goal = goalOf(curve, options);
    let best = goal.ofNone;
    if (!Number.isNaN(best)) thresholds[column] = Number.POSITIVE_INFINITY;
    for (let at = 0; at < curve.scores.length; at++) {
      const reached = goal.at(at);
      if (!(reached > best || (Number.isNaN(best) && !Number.isNaN(reached)))) continue;
      best = reached;
      thresholds[column] = curve.scores[at];
    }
    values[column] = goal.isCost ? 0 - best : best;
  });
  return { thresholds, values };
}

/** The number that a threshold maximises. */
interface Goal {
  /** The value at a corner of the curve; NaN if it is undefined or not allowed. */
  readonly at: (corner: number) => number;
  /** The value if no row is predicted positive; NaN if that isn't allowed. */
  readonly ofNone: number;
  /** Whether the number is a negated cost. */
  readonly isCost?: boolean;
}

function goalOf({ truePositives, falsePositives }: CurveCounts, options: FitThresholdsOptions): Goal {
  const {
    objective = 'fbeta',
    beta = 1,
    atLeast = 0,
    falsePositiveCost = 1,
    falseNegativeCost = 1,
  } = options;
  const positives = truePositives.at(-1) ?? 0;
  const negatives = falsePositives.at(-1) ?? 0;
  const recall = (at: number) => truePositives[at] / positives;
  const precision = (at: number) => truePositives[at] / (truePositives[at] + falsePositives[at]);
  if (objective === 'cost') {
    const gain = (hits: number, falseHits: number) =>
      -(falsePositiveCost * falseHits + falseNegativeCost * (positives - hits)) / (positives + negatives);
    return { at: (at) => gain(truePositives[at], falsePositives[at]), ofNone: gain(0, 0), isCost: true };
  }
  const only = (at: Goal['at']): Goal => ({
    at: positives === 0 ? () => Number.NaN : at,
    ofNone: Number.NaN,
  });
  switch (objective) {
    case 'fbeta': {
      const ratio = fbeta(beta);
      return only((at) => ratio(truePositives[at], falsePositives[at], positives - truePositives[at], 0));
    }
    case 'youden':
      // The terms share one denominator, so that equally good thresholds have exactly equal values.
      return only(
        (at) => (truePositives[at] * negatives - falsePositives[at] * positives) / (positives * negatives),
      );
    case 'precision':
      return only((at) => (recall(at) >= atLeast ? precision(at) : Number.NaN));
    case 'recall':
      return only((at) => (precision(at) >= atLeast ? recall(at) : Number.NaN));
  }
}
