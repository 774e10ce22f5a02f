import type { ImageLimits } from '../images/image-input';
import {
  ANY,
  checkOptions,
  FROM_0_TO_1,
  type OptionRule,
  oneOf,
  WHOLE_FROM_1,
} from '../options/check-options';
import { type PredictOptions, predictRules } from './predict';

/** Options of `classify`. */
export interface ClassifyOptions extends PredictOptions {
  /** The number of labels to return, the most probable first; default all. */
  readonly topK?: number;
  /** The probability from which a label counts as predicted; default: the model's threshold of each label. */
  readonly threshold?: number;
  /** Limits on the cost of one image. */
  readonly limits?: ImageLimits;
  /**
   * What happens if one of several images can't be read or decoded; default `'throw'`. With `'return'` the error stands in
   * the place of its answer, and the other images are classified.
   */
  readonly onError?: 'throw' | 'return';
}

const RULES: Readonly<Record<keyof ClassifyOptions, OptionRule>> = {
  ...predictRules,
  topK: WHOLE_FROM_1,
  threshold: FROM_0_TO_1,
  limits: ANY,
  onError: oneOf('throw', 'return'),
};

const LIMIT: OptionRule = {
  accepts: (value) => typeof value === 'number' && value > 0,
  expected: 'to be a number above 0, or Infinity',
};
const LIMITS: Readonly<Record<keyof ImageLimits, OptionRule>> = {
  pixels: LIMIT,
  bytes: LIMIT,
  seconds: LIMIT,
};

/** Checks the options of `classify`. @throws OptionError */
export function checkClassifyOptions(options: ClassifyOptions): void {
  checkOptions('classify', options, RULES);
  checkOptions('classify: limits', options.limits ?? {}, LIMITS);
}
