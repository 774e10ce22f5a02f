import { type Comparison, confusionCounts, OptionValueError } from '@thawjs/metrics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCases, readFixture } from '../conformance/read-cases';

interface Reference {
  readonly cases: {
    name: string;
    decisions: { threshold: number; comparison: Comparison; 'tn fp fn tp': number[][] }[];
  }[];
}

describe('confusionCounts', () => {
  describe('agrees with scikit-learn', () => {
    const cases = readCases();
    for (const { name, decisions } of readFixture<Reference>('scikit-learn.json').cases) {
      test(name, () => {
        const { yTrue, yScore } = cases.get(name)!;
        for (const { threshold, comparison, 'tn fp fn tp': expected } of decisions) {
          const { tn, fp, fn, tp } = confusionCounts(yTrue, yScore, { threshold, comparison });
          const actual = expected.map((_, at) => [tn[at], fp[at], fn[at], tp[at]]);
          expect(actual, `${comparison} ${threshold}`).toEqual(expected);
        }
      });
    }
  });

  test('compares with >= unless told >', () => {
    expect(confusionCounts([0, 1], [0.5, 0.5]).tp[0]).toBe(1);
    expect(confusionCounts([0, 1], [0.5, 0.5], { comparison: '>' }).tp[0]).toBe(0);
  });

  test('lets a threshold meet 32-bit scores as a 32-bit float', () => {
    const scores = Float32Array.of(0.3, 0.7);
    const above = (threshold: number, comparison: Comparison) =>
      confusionCounts([1, 1], scores, { threshold, comparison }).tp[0];
    // In float64 the first 0.3 is above 0.3, and the 0.7 is below 0.7.
    expect([above(0.3, '>='), above(0.3, '>'), above(0.7, '>='), above(0.7, '>')]).toEqual([2, 1, 1, 0]);
  });

  test('takes a threshold a class', () => {
    const yTrue = [
      [1, 1],
      [1, 1],
    ];
    const yScore = [
      [0.2, 0.2],
      [0.6, 0.6],
    ];
    expect(Array.from(confusionCounts(yTrue, yScore, { threshold: [0.1, 0.9] }).tp)).toEqual([2, 0]);
    expect(() => confusionCounts(yTrue, yScore, { threshold: [0.1] })).toThrow(
      new OptionValueError('confusionCounts: expected 2 thresholds, one a column; received 1.'),
    );
  });

  test('adds up to the rows in every class', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.double({ min: -1, max: 2, noNaN: true })), {
          minLength: 1,
        }),
        fc.double({ min: -1, max: 2, noNaN: true }),
        (pairs, threshold) => {
          const { tp, fp, fn, tn } = confusionCounts(
            pairs.map(([label]) => label),
            pairs.map(([, score]) => score),
            { threshold },
          );
          expect(tp[0] + fp[0] + fn[0] + tn[0]).toBe(pairs.length);
          expect(tp[0] + fn[0]).toBe(pairs.filter(([label]) => label === 1).length);
        },
      ),
    );
  });
});
