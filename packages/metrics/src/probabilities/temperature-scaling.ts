import type { MatrixInput } from '../matrix-input';
import { calibrationData, type FitCalibrationOptions, type LabelledLogits } from './calibration-data';
import type { SigmoidCalibration } from './sigmoid-calibration';
import { sigmoid } from './sigmoid-calibration';

/** Temperatures are searched between 1 / LIMIT and LIMIT. */
const LIMIT = 1000;

/**
 * Fits a temperature: one number T by which logits are divided so that their sigmoids are calibrated.
 *
 * p = σ(z / T), where T minimises the log loss on the given rows, a convex problem in 1/T (Guo et al. 2017;
 * Platt's scaling without an intercept). Fit it on validation rows, and apply it to others with
 * {@link calibrateScores}. The ranking doesn't change, and neither does the AUC.
 *
 * - T > 1 if the model was too confident. One T for all classes by default; `average: 'none'` fits one per
 *   class.
 * - T is limited to [1/1000, 1000]. The optimum would be T = 0 for logits that separate the labels, and T = ∞
 *   for logits that rank them the wrong way round.
 * - If all labels are of one kind, or none is known, the slope is NaN.
 * - With `from: 'probabilities'`, probabilities are first turned into logits. The slope is 1/T, the intercept
 *   0.
 *
 * @param yTrue labels, 0/1, rows × classes
 * @param yLogit logits of the same shape, or probabilities with `from`
 * @throws LabelShapeError, LabelValueError, ScoreValueError, SampleWeightError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { calibrateScores, temperatureScaling } from '@thawjs/metrics';
 *
 * const calibration = temperatureScaling([1, 1, 1, 0, 0, 0, 1, 0], [4, 4, 4, 4, -4, -4, -4, -4]);
 * console.log((1 / calibration.slopes[0]).toFixed(6)); // 3.640957
 * console.log(calibrateScores([4, -4], calibration).data[0].toFixed(6)); // 0.750000
 * ```
 */
export function temperatureScaling(
  yTrue: MatrixInput,
  yLogit: MatrixInput,
  options: FitCalibrationOptions = {},
): SigmoidCalibration {
  const { from = 'logits', average = 'micro' } = options;
  const slopes = calibrationData('temperatureScaling', yTrue, yLogit, options, average).map(bestSlope);
  return { from, slopes, intercepts: slopes.map(() => 0) };
}

/** Newton's method on the derivative, which is increasing, within a bracket that bisection narrows. */
function bestSlope({ logits, labels, weights }: LabelledLogits): number {
  if (new Set(labels).size < 2) return Number.NaN;
  const derivatives = (slope: number) => {
    let [first, second] = [0, 0];
    for (const [at, logit] of logits.entries()) {
      const p = sigmoid(slope * logit);
      first += weights[at] * (p - labels[at]) * logit;
      second += weights[at] * p * (1 - p) * logit ** 2;
    }
    return { first, second };
  };
  let [low, high] = [1 / LIMIT, LIMIT];
  if (derivatives(low).first >= 0) return low;
  if (derivatives(high).first <= 0) return high;
  let slope = 1;
  for (let step = 0; step < 200; step++) {
    const { first, second } = derivatives(slope);
    if (first < 0) low = slope;
    else high = slope;
    const newton = slope - first / second;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - slope) <= 1e-15 * slope) return next;
    slope = next;
  }
  return slope;
}
