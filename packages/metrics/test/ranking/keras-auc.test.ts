import { kerasAuc, rocAucScore } from '@thawjs/metrics';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../conformance/expect-close';
import { readCases, readFixture } from '../conformance/read-cases';

type Setting = [
  numThresholds: number,
  curve: 'ROC' | 'PR',
  summation: 'interpolation' | 'minoring' | 'majoring',
  multiLabel: boolean,
  auc: number,
];

describe('kerasAuc', () => {
  describe("agrees with Keras' AUC to 1e-6", () => {
    const cases = readCases();
    const fixture = readFixture<{ cases: { name: string; values: Setting[]; weighted: Setting[] }[] }>(
      'keras.json',
    );
    for (const { name, values, weighted } of fixture.cases) {
      test(name, () => {
        const { yTrue, yScore, sampleWeight } = cases.get(name)!;
        for (const [settings, weights] of [
          [values, {}],
          [weighted, { sampleWeight }],
        ] as const) {
          for (const [numThresholds, curve, summation, multiLabel, expected] of settings) {
            const options = { numThresholds, curve, summation, multiLabel, ...weights };
            expectClose(kerasAuc(yTrue, yScore, options), expected, 1e-6, JSON.stringify(options));
          }
        }
      });
    }
  });

  test('gives the value in the docstring of Keras', () => {
    expect(kerasAuc([0, 0, 1, 1], [0, 0.5, 0.3, 0.9], { numThresholds: 3 })).toBe(0.75);
  });

  test('is binned: scores between two thresholds count as equal', () => {
    const yTrue = [0, 1];
    expect(kerasAuc(yTrue, [0.001, 0.004])).toBe(0.5);
    expect(rocAucScore(yTrue, [0.001, 0.004])).toBe(1);
  });

  test("is 0 for a class without positives, or without negatives, as Keras' division says", () => {
    expect(kerasAuc([0, 0], [0.2, 0.8])).toBe(0);
    expect(kerasAuc([1, 1], [0.2, 0.8])).toBe(0);
    const yTrue = [
      [0, 0],
      [1, 0],
    ];
    const yScore = [
      [0.2, 0.2],
      [0.8, 0.8],
    ];
    expect(kerasAuc(yTrue, yScore, { multiLabel: true })).toBe(0.5);
  });
});
