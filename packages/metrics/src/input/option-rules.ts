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
  hint: (value, labels) => {
    const column = Array.from((value ?? []) as ArrayLike<unknown>).findIndex(Number.isNaN);
    if (column < 0) return undefined;
    return `fitThresholds gives NaN for a class without positives, such as ${labels?.[column] ?? `class ${column}`} here: give fitThresholds a fallback.`;
  },
};

/** Rule of an option that is on or off. */
export const flag: OptionRule = {
  accepts: (value) => typeof value === 'boolean',
  expected: 'true or false',
};

const zeroDivision: OptionRule = {
  accepts: (value) => Number.isFinite(value) || Number.isNaN(value),
  expected: 'NaN or a finite number',
};

/** Rules of {@link LabelOptions}. */
export const labelRules = { labels };

/** Rules of {@link CodingOptions}. */
export const codingRules = {
  labels,
  coding: oneOf('0/1', '-1/1'),
  ignoreValue: { accepts: (value: unknown) => typeof value === 'number', expected: 'a number' },
};

/** Rules of {@link KnownLabelOptions}. The values of `mask` are checked together with the labels. */
export const knownLabelRules = {
  ...codingRules,
  mask: {
    accepts: (value: unknown) => typeof value === 'object' && value !== null,
    expected: "an array or matrix of 0 and 1 of the labels' shape",
  },
};

/** Rules of {@link InputOptions}. The values of `sampleWeight` are checked together with the labels. */
export const inputRules = {
  ...knownLabelRules,
  sampleWeight: {
    accepts: (value: unknown) => typeof value === 'object' && value !== null && 'length' in value,
    expected: 'an array of one number a row',
  },
};

/** Rules of the options that average over classes. */
export const averageRules = { average: classAverage, undefined: undefinedPolicy };

/** Rules of the options of ranking metrics: no threshold, an average. */
export const rankingRules = { average, undefined: undefinedPolicy, ...inputRules };

/** Rules of the options that only the area under the ROC curve has. */
export const rocAreaRules = {
  average,
  undefined: undefinedPolicy,
  maxFpr: {
    accepts: (value: unknown) => typeof value === 'number' && value > 0 && value <= 1,
    expected: 'a number in (0, 1]',
  },
};

/** Rules of {@link RocAucOptions}. */
export const rocAucRules = { ...rocAreaRules, ...inputRules };

/** Rules of the options that turn scores into predictions. */
export const decisionRules = { threshold, comparison: oneOf('>=', '>') };

/** Rules of {@link ThresholdOptions}. */
export const thresholdRules = { ...decisionRules, ...inputRules };

/** Rules of {@link ExactRowsOptions}. */
export const exactRowsRules = { ...thresholdRules, normalize: flag };

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

/** Rules of the options that only Keras' AUC has. */
export const kerasCurveRules = {
  numThresholds: {
    accepts: (value: unknown) => Number.isInteger(value) && (value as number) > 1,
    expected: 'an integer above 1',
  },
  curve: oneOf('ROC', 'PR'),
  summation: oneOf('interpolation', 'minoring', 'majoring'),
  multiLabel: flag,
};

/** Rules of {@link KerasAucOptions}. */
export const kerasAucRules = { ...kerasCurveRules, ...inputRules };
