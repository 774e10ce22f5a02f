import {
  averagePrecisionScore,
  confusionCounts,
  f1Score,
  kerasAuc,
  OptionValueError,
  precisionRecallFscoreSupport,
  rocAucScore,
  UnknownOptionError,
} from '@thawjs/metrics';
import { describe, expect, test } from 'vitest';

const METRICS: Record<string, (yTrue: number[], yScore: number[], options: object) => unknown> = {
  averagePrecisionScore,
  confusionCounts,
  f1Score,
  kerasAuc,
  precisionRecallFscoreSupport,
  rocAucScore,
};

describe('options', () => {
  test.each<[metric: string, options: object, message: string]>([
    [
      'rocAucScore',
      { avrage: 'macro' },
      'rocAucScore: expected options among average, undefined, maxFpr, labels, coding, ignoreValue, mask, sampleWeight; received "avrage". Is it misspelt?',
    ],
    [
      'rocAucScore',
      { average: 'marco' },
      'rocAucScore: expected average to be "none" or "macro" or "micro" or "weighted" or "samples"; received "marco".',
    ],
    [
      'rocAucScore',
      { average: 'sample' },
      'rocAucScore: expected average to be "none" or "macro" or "micro" or "weighted" or "samples"; received "sample".',
    ],
    [
      'averagePrecisionScore',
      { undefined: 'drop' },
      'averagePrecisionScore: expected undefined to be "nan", "skip" or a finite number; received "drop".',
    ],
    [
      'confusionCounts',
      { comparison: '<' },
      'confusionCounts: expected comparison to be ">=" or ">"; received "<".',
    ],
    ['kerasAuc', { curve: 'roc' }, 'kerasAuc: expected curve to be "ROC" or "PR"; received "roc".'],
    [
      'rocAucScore',
      { constructor: 1 },
      'rocAucScore: expected options among average, undefined, maxFpr, labels, coding, ignoreValue, mask, sampleWeight; received "constructor". Is it misspelt?',
    ],
  ])('%s refuses the unknown: %o', (metric, options, message) => {
    const call = () => METRICS[metric]([0, 1], [0.1, 0.9], options);
    expect(call).toThrow(UnknownOptionError);
    expect(call).toThrow(message);
  });

  test.each<[metric: string, options: object, message: string]>([
    [
      'rocAucScore',
      { undefined: Number.NaN },
      'rocAucScore: expected undefined to be "nan", "skip" or a finite number; received NaN.',
    ],
    [
      'rocAucScore',
      { labels: [1] },
      'rocAucScore: expected labels to be an array of class names; received 1.',
    ],
    [
      'confusionCounts',
      { threshold: Number.NaN },
      'confusionCounts: expected threshold to be a number, or one number a class; received NaN.',
    ],
    [
      'f1Score',
      { zeroDivision: Number.POSITIVE_INFINITY },
      'f1Score: expected zeroDivision to be NaN or a finite number; received Infinity.',
    ],
    [
      'precisionRecallFscoreSupport',
      { beta: 0 },
      'precisionRecallFscoreSupport: expected beta to be a positive number; received 0.',
    ],
    [
      'kerasAuc',
      { numThresholds: 1 },
      'kerasAuc: expected numThresholds to be an integer above 1; received 1.',
    ],
    ['rocAucScore', { maxFpr: 0 }, 'rocAucScore: expected maxFpr to be a number in (0, 1]; received 0.'],
    ['f1Score', { ignoreValue: null }, 'f1Score: expected ignoreValue to be a number; received null.'],
    [
      'f1Score',
      { sampleWeight: 2 },
      'f1Score: expected sampleWeight to be an array of one number a row; received 2.',
    ],
    [
      'f1Score',
      { mask: true },
      "f1Score: expected mask to be an array or matrix of 0 and 1 of the labels' shape; received true.",
    ],
    ['kerasAuc', { multiLabel: 1 }, 'kerasAuc: expected multiLabel to be true or false; received 1.'],
  ])('%s refuses values out of range: %o', (metric, options, message) => {
    const call = () => METRICS[metric]([0, 1], [0.1, 0.9], options);
    expect(call).toThrow(OptionValueError);
    expect(call).toThrow(message);
  });

  test('that are undefined count as not given', () => {
    expect(
      rocAucScore([0, 1], [0.1, 0.9], { average: undefined, undefined: undefined, labels: undefined }),
    ).toBe(1);
  });
});
