import { knownLabelRules } from '../input/option-rules';
import type { InputOptions } from '../options';

/** Rule of a level of confidence. */
export const confidenceRule = {
  accepts: (value: unknown) => typeof value === 'number' && value > 0 && value < 1,
  expected: 'a number between 0 and 1, such as 0.95',
};

/** Options of intervals and tests that count rows; they take no sample weights. */
export interface TestOptions extends Omit<InputOptions, 'sampleWeight'> {
  /** Level of the intervals, in (0, 1). Default 0.95. */
  readonly confidence?: number;
}

/** Rules of {@link TestOptions}. */
export const testRules = { ...knownLabelRules, confidence: confidenceRule };
