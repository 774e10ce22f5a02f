import { describe, expect, test } from 'vitest';
import { bestThreshold, type Checked, checkedImages, decide } from '../../src/thresholds/decisions';
import { sampleModel } from '../sample-model';
import { sampleProject } from '../sample-project';

const checked = (has: string, probabilities: readonly number[]): Checked[] =>
  [...has].map((one, i) => ({ has: one === '1' ? 1 : 0, probability: probabilities[i] ?? 0 }));

test('checkedImages takes decided images that the model was not trained on', () => {
  const model = sampleModel({
    a: { part: 'train', scores: [0.5, 0.5] },
    b: { part: 'validation', scores: [0.25, 0.75] },
  });
  expect(checkedImages(sampleProject({ a: { D: 1, R: 1 }, b: { D: 1 } }), model)).toEqual([
    [{ has: 1, probability: 0.25 }],
    [],
  ]);
});

describe('decide', () => {
  test('counts at the threshold, which itself counts as predicted', () => {
    const images = checked('11100', [0.9, 0.5, 0.2, 0.6, 0.1]);
    expect(decide(images, 0.5)).toMatchObject({ found: 2, missed: 1, falseAlarms: 1, rejected: 1 });
    expect(decide(images, 0.5).precision).toBeCloseTo(2 / 3, 12);
    expect(decide(images, 0.5).recall).toBeCloseTo(2 / 3, 12);
    expect(decide(images, 0.5).f1).toBeCloseTo(2 / 3, 12);
  });

  test('says NaN, not 0, for what is not defined', () => {
    expect(decide([], 0.5)).toMatchObject({ found: 0, precision: Number.NaN, recall: Number.NaN });
    expect(decide(checked('00', [0.1, 0.2]), 0.5)).toMatchObject({
      precision: Number.NaN,
      recall: Number.NaN,
    });
  });
});

describe('bestThreshold', () => {
  const images = checked('1110100000', [0.9, 0.8, 0.7, 0.65, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1]);

  test.each([
    ['f1', 0.6],
    ['precision', 0.7],
    ['recall', 0.6],
  ] as const)('for %s is %f', (goal, expected) => {
    expect(bestThreshold(images, goal)).toBe(expected);
  });

  test('is a half where nothing can be said', () => {
    expect(bestThreshold([], 'f1')).toBe(0.5);
    expect(bestThreshold(checked('00', [0.2, 0.4]), 'f1')).toBe(0.5);
  });
});
