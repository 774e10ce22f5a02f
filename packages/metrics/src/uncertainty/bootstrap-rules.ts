import { confidenceRule } from './test-options';

const isPositiveInteger = (value: unknown, least: number) =>
  Number.isSafeInteger(value) && (value as number) >= least;

/** Rules of {@link BootstrapOptions}; the metric checks its own options. */
export const bootstrapRules = {
  resamples: { accepts: (value: unknown) => isPositiveInteger(value, 2), expected: 'an integer from 2' },
  confidence: confidenceRule,
  seed: { accepts: (value: unknown) => isPositiveInteger(value, 0), expected: 'an integer from 0' },
  method: {
    accepts: (value: unknown) => value === 'percentile' || value === 'basic',
    expected: '"percentile" or "basic"',
  },
  stratify: {
    accepts: (value: unknown) => typeof value === 'object' && value !== null && 'length' in value,
    expected: 'an array of one entry a row',
  },
  metricOptions: {
    accepts: (value: unknown) => typeof value === 'object' && value !== null,
    expected: "the metric's options",
  },
};
