import type { MatrixInput } from '../matrix-input';
import { calibrationData, type FitCalibrationOptions, type LabelledLogits } from './calibration-data';
import type { SigmoidCalibration } from './sigmoid-calibration';
import { sigmoid } from './sigmoid-calibration';

/**
 * Fits Platt's scaling: a slope and an intercept for the logits of each class so that their sigmoids are calibrated.
 *
 * p = σ(a·z + b), where a and b minimise the log loss against the targets (P + 1) / (P + 2) for a positive
 * and 1 / (N + 2) for a negative; P and N are the numbers of positives and negatives (Platt 1999; solved by
 * Newton's method as in Lin, Lin and Weng 2007; scikit-learn's `CalibratedClassifierCV(method='sigmoid')`).
 * These targets keep the slope finite even if the logits separate the labels. Fit the calibration on
 * validation rows, and apply it to others with {@link calibrateScores}.
 *
 * - By default each class has its own calibration; `average: 'micro'` fits one for all. A slope below 0
 *   reverses the ranking.
 * - If all labels are of one kind, or none is known, both are NaN. With `sampleWeight`, P and N are sums of
 *   weights.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yLogit logits of the same shape, or probabilities with `from`
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { calibrateScores, plattScaling } from '@thawjs/metrics';
 *
 * const calibration = plattScaling([0, 0, 1, 1], [1, 2, 3, 4]);
 * console.log(calibration.slopes[0].toFixed(6)); // 0.908184
 * console.log(calibrateScores([2.5], calibration).data[0].toFixed(6)); // 0.500000
 * ```
 */
export function plattScaling(
  yTrue: MatrixInput,
  yLogit: MatrixInput,
  options: FitCalibrationOptions = {},
): SigmoidCalibration {
  const { from = 'logits', average = 'none' } = options;
  const fits = calibrationData('plattScaling', yTrue, yLogit, options, average).map(bestLine);
  return { from, slopes: fits.map(({ slope }) => slope), intercepts: fits.map(({ intercept }) => intercept) };
}

interface Line {
  readonly slope: number;
  readonly intercept: number;
}

function bestLine({ logits, labels, weights }: LabelledLogits): Line {
  if (new Set(labels).size < 2) return { slope: Number.NaN, intercept: Number.NaN };
  let [positives, negatives] = [0, 0];
  for (const [at, label] of labels.entries()) {
    positives += label * weights[at];
    negatives += (1 - label) * weights[at];
  }
  const targets = labels.map((label) =>
    label === 1 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2),
  );
  const loss = ({ slope, intercept }: Line) =>
    logits.reduce((sum, logit, at) => {
      const x = slope * logit + intercept;
      // −t ln σ(x) − (1 − t) ln(1 − σ(x))
      return sum + weights[at] * (Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) - targets[at] * x);
    }, 0);
  let best: Line = { slope: 0, intercept: Math.log((positives + 1) / (negatives + 1)) };
  let least = loss(best);
  for (let step = 0; step < 100; step++) {
    const { slope, intercept } = newtonStep(best, logits, targets, weights);
    // The step is halved until the loss is no higher, apart from rounding: near the minimum, rounding hides
    // what the last steps gain.
    const highest = least + 1e-12 * Math.abs(least);
    let share = 1;
    let next = best;
    do {
      next = { slope: best.slope + share * slope, intercept: best.intercept + share * intercept };
      share /= 2;
    } while (!(loss(next) <= highest) && share > 1e-10);
    best = next;
    least = loss(next);
    if (Math.abs(slope) + Math.abs(intercept) <= 1e-15 * (Math.abs(best.slope) + Math.abs(best.intercept)))
      return best;
  }
  return best;
}

/** The step to the minimum of the quadratic that approximates the loss. */
function newtonStep(
  { slope, intercept }: Line,
  logits: readonly number[],
  targets: readonly number[],
  weights: readonly number[],
): Line {
  // The ridge of Lin, Lin and Weng: without it, the Hessian is singular if all logits are equal.
  let [gradient, gradient0, square, cross, weight0] = [0, 0, 1e-12, 0, 1e-12];
  for (const [at, logit] of logits.entries()) {
    const p = sigmoid(slope * logit + intercept);
    const error = weights[at] * (p - targets[at]);
    const curvature = weights[at] * p * (1 - p);
    gradient += error * logit;
    gradient0 += error;
    square += curvature * logit ** 2;
    cross += curvature * logit;
    weight0 += curvature;
  }
  const determinant = square * weight0 - cross ** 2;
  return {
    slope: (cross * gradient0 - weight0 * gradient) / determinant,
    intercept: (cross * gradient - square * gradient0) / determinant,
  };
}
