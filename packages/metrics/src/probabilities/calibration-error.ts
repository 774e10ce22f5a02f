import { fillUndefined, meanOf } from '../averaging/mean-of';
import { weighColumns } from '../decisions/weigh-columns';
import { checkOptions } from '../input/check-options';
import { averageRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { Averaged, ClassAverage, UndefinedPolicy } from '../options';
import { poolPairs } from '../ranking/pool-pairs';
import { type CalibrationOptions, calibrateClasses, calibrationRules } from './calibrate-classes';
import { checkProbabilities } from './check-probabilities';
import type { ClassCalibration } from './class-calibration';

/** Options of the calibration errors. */
export interface CalibrationErrorOptions<A extends ClassAverage = ClassAverage> extends CalibrationOptions {
  /** Default `'macro'`. */
  readonly average?: A;
  /** What to do with a class without known labels. Default `'nan'`. */
  readonly undefined?: UndefinedPolicy;
}

/** Checks labels and probabilities, bins them, and gives an averaged error. */
export function calibrationError<A extends ClassAverage>(
  metric: string,
  error: (calibration: ClassCalibration) => number,
  yTrue: MatrixInput,
  yProb: MatrixInput,
  options: CalibrationErrorOptions<A>,
): Averaged<A>;
export function calibrationError(
  metric: string,
  error: (calibration: ClassCalibration) => number,
  yTrue: MatrixInput,
  yProb: MatrixInput,
  options: CalibrationErrorOptions,
): Float64Array | number {
  checkOptions(metric, options, { ...calibrationRules, ...averageRules });
  const { average = 'macro', undefined: policy = 'nan' } = options;
  const inputs = checkProbabilities(metric, yTrue, yProb, options);
  const classes = calibrateClasses(average === 'micro' ? poolPairs(inputs) : inputs, options);
  const errors = Float64Array.from(classes, error);
  if (average === 'none') return errors.map((value) => fillUndefined(value, policy));
  if (average !== 'weighted') return meanOf(errors, policy);
  const everything = new Float64Array(inputs.columns).fill(Number.NEGATIVE_INFINITY);
  return meanOf(errors, policy, weighColumns(inputs, everything).tp);
}
