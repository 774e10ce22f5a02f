import { knownLabelRules } from '../input/option-rules';
import type { InputOptions } from '../options';
import { confidenceRule } from './confidence-rule';

/** Options of intervals and tests that count rows: none of them knows weights. */
export interface TestOptions extends Omit<InputOptions, 'sampleWeight'> {
  /** Level of the intervals, in (0, 1). Default 0.95. */
  readonly confidence?: number;
}

/** Rules of {@link TestOptions}. */
export const testRules = { ...knownLabelRules, confidence: confidenceRule };
