import { averagePrecisionScore, type ClassAverage } from '@thawjs/metrics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../conformance/expect-close';
import { type Case, readCases, readFixture } from '../conformance/read-cases';

interface Reference {
  readonly cases: {
    name: string;
    averagePrecision: Partial<Record<ClassAverage, number | (number | null)[] | null>>;
  }[];
}

const withoutPositives = ({ yTrue, columns }: Case): boolean[] =>
  Array.from({ length: columns }, (_, column) =>
    Array.from(yTrue.data).every((label, at) => at % columns !== column || label === 0),
  );

describe('averagePrecisionScore', () => {
  describe('agrees with scikit-learn to 1e-12', () => {
    const cases = readCases();
    for (const { name, averagePrecision } of readFixture<Reference>('scikit-learn.json').cases) {
      test(name, () => {
        const input = cases.get(name)!;
        const empty = withoutPositives(input);
        for (const [average, expected] of Object.entries(averagePrecision)) {
          const options = { average: average as ClassAverage };
          // scikit-learn's 0 for a class without positives is ours when told so.
          expectClose(
            averagePrecisionScore(input.yTrue, input.yScore, { ...options, undefined: 0 }),
            expected,
            1e-12,
            average,
          );
          if (average !== 'none') continue;
          const untold = averagePrecisionScore(input.yTrue, input.yScore, options) as Float64Array;
          expect(Array.from(untold, Number.isNaN)).toEqual(empty);
        }
      });
    }
  });

  test('equals exact fractions worked by hand', () => {
    expect(averagePrecisionScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBe((1 + 2 / 3) / 2);
    expect(averagePrecisionScore([1, 0, 0, 0], [0.3, 0.3, 0.3, 0.3])).toBe(1 / 4);
    expect(averagePrecisionScore([1, 1], [0.3, 0.7])).toBe(1);
    expect(averagePrecisionScore([0, 0], [0.3, 0.7])).toBeNaN();
  });

  test('is the share of positives for constant scores, and 1 where positives come first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1 }), (yTrue) => {
        const positives = yTrue.filter((label) => label === 1).length;
        fc.pre(positives > 0);
        expect(averagePrecisionScore(yTrue, new Float32Array(yTrue.length))).toBe(
          (positives * positives) / yTrue.length / positives,
        );
        expect(averagePrecisionScore(yTrue, yTrue)).toBe(1);
      }),
    );
  });
});
