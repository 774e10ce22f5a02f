import type { EvaluateScoresOptions, EvaluationIntervalOptions } from '@thawjs/metrics';
import { checkOptions, numberRule, type OptionRule, oneOf, WHOLE_FROM_1 } from '../options/check-options';
import { type PredictOptions, predictRules } from '../prediction/predict';

/** Options of `evaluate`. */
export interface EvaluateOptions extends PredictOptions, Pick<EvaluateScoresOptions, 'intervals' | 'bins'> {
  /** Thresholds to decide at instead of the model's: one for all labels, or one per label. */
  readonly threshold?: number | ArrayLike<number>;
}

const INTERVALS: Readonly<Record<keyof EvaluationIntervalOptions, OptionRule>> = {
  resamples: numberRule('of 2 or more, a whole number', (value) => Number.isSafeInteger(value) && value >= 2),
  confidence: numberRule('between 0 and 1, such as 0.95', (value) => value > 0 && value < 1),
  seed: numberRule('of 0 or more, a whole number', (value) => Number.isSafeInteger(value) && value >= 0),
  method: oneOf('percentile', 'basic'),
};

/**
 * Checks the options of `evaluate` before anything is predicted.
 *
 * @param labels the number of the model's labels
 * @throws OptionError
 */
export function checkEvaluateOptions(options: EvaluateOptions, labels: number): void {
  checkOptions('evaluate', options, {
    ...predictRules,
    threshold: {
      accepts: (value) =>
        isShare(value) ||
        (isNumberList(value) && value.length === labels && Array.from(value).every(isShare)),
      expected: `to be a number from 0 to 1, or one for each of the ${labels} labels`,
    },
    intervals: {
      accepts: (value) => typeof value === 'boolean' || (typeof value === 'object' && value !== null),
      expected: 'to be true, false or { resamples, confidence, seed, method }',
    },
    bins: WHOLE_FROM_1,
  });
  const { intervals } = options;
  if (typeof intervals === 'object') checkOptions('evaluate: intervals', intervals, INTERVALS);
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

function isNumberList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || value instanceof Float32Array || value instanceof Float64Array;
}
