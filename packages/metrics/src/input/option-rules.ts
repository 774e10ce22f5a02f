import type { OptionRule } from './check-options';

const oneOf = (...choices: string[]): OptionRule => ({
  accepts: (value) => choices.includes(value as string),
  expected: choices.map((choice) => `"${choice}"`).join(' or '),
});

const isList = (value: unknown, kind: 'string' | 'number'): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'length' in value &&
  Array.prototype.every.call(value, (item) => typeof item === kind && !Number.isNaN(item));

const labels: OptionRule = {
  accepts: (value) => isList(value, 'string'),
  expected: 'an array of class names',
};

const undefinedPolicy: OptionRule = {
  accepts: (value) => value === 'nan' || value === 'skip' || Number.isFinite(value),
  expected: '"nan", "skip" or a finite number',
};

const classAverage = oneOf('none', 'macro', 'micro', 'weighted');

const average = oneOf('none', 'macro', 'micro', 'weighted', 'samples');

const threshold: OptionRule = {
  accepts: (value) => (typeof value === 'number' && !Number.isNaN(value)) || isList(value, 'number'),
  expected: 'a number, or one number a class',
};

const zeroDivision: OptionRule = {
  accepts: (value) => Number.isFinite(value) || Number.isNaN(value),
  expected: 'NaN or a finite number',
};

/** Rules of {@link LabelOptions}. */
export const labelRules = { labels };

/** Rules of the options of scores that rank: no threshold, an average over classes. */
export const rankingRules = { average: classAverage, undefined: undefinedPolicy, labels };

/** Rules of {@link ThresholdOptions}. */
export const thresholdRules = { threshold, comparison: oneOf('>=', '>'), labels };

/** Rules of {@link RatioOptions}. */
export const ratioRules = { ...thresholdRules, zeroDivision, undefined: undefinedPolicy };

/** Rules of the ratios that can be averaged. */
export const averagedRatioRules = { average, ...ratioRules };

/** Rules of {@link FbetaOptions}. */
export const fbetaRules = {
  ...averagedRatioRules,
  beta: {
    accepts: (value: unknown) => typeof value === 'number' && value > 0 && Number.isFinite(value),
    expected: 'a positive number',
  },
};

/** Rules of {@link KerasAucOptions}. */
export const kerasAucRules = {
  numThresholds: {
    accepts: (value: unknown) => Number.isInteger(value) && (value as number) > 1,
    expected: 'an integer above 1',
  },
  curve: oneOf('ROC', 'PR'),
  summation: oneOf('interpolation', 'minoring', 'majoring'),
  multiLabel: { accepts: (value: unknown) => typeof value === 'boolean', expected: 'true or false' },
  labels,
};
