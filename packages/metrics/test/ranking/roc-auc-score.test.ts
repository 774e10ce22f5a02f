import { type ClassAverage, rocAucScore } from '@thawjs/metrics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../conformance/expect-close';
import { readCases, readFixture } from '../conformance/read-cases';

interface Reference {
  readonly cases: {
    name: string;
    rocAuc: Partial<Record<ClassAverage, number | null | (number | null)[]>>;
  }[];
}

/** The definition: every pair of a positive and a negative. */
function byPairs(yTrue: readonly number[], yScore: readonly number[]): number {
  let wins = 0;
  let pairs = 0;
  for (const [i, positive] of yTrue.entries()) {
    for (const [j, other] of yTrue.entries()) {
      if (positive !== 1 || other !== 0) continue;
      pairs++;
      wins += yScore[i] > yScore[j] ? 1 : yScore[i] === yScore[j] ? 0.5 : 0;
    }
  }
  return wins / pairs;
}

const pairsOf = (score: fc.Arbitrary<number>, maxLength = 60) =>
  fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), score), { minLength: 1, maxLength });
const float32 = fc.float({ noNaN: true, noDefaultInfinity: true });
const crowded = fc.integer({ min: -4, max: 4 }).map((step) => step / 8);
const labelsOf = (pairs: [number, number][]) => pairs.map(([label]) => label);
const scoresOf = (pairs: [number, number][]) => pairs.map(([, score]) => score);

describe('rocAucScore', () => {
  describe('agrees with scikit-learn to 1e-12', () => {
    const cases = readCases();
    for (const { name, rocAuc } of readFixture<Reference>('scikit-learn.json').cases) {
      test(name, () => {
        const { yTrue, yScore } = cases.get(name)!;
        const positives = Array.from(yTrue.data).some((label) => label === 1);
        for (const [average, expected] of Object.entries(rocAuc)) {
          // scikit-learn's weighted average is 0 where there is nothing to weigh by; ours is undefined.
          const wanted = average === 'weighted' && !positives ? null : expected;
          const actual = rocAucScore(yTrue, yScore, { average: average as ClassAverage });
          expectClose(actual, wanted, 1e-12, average);
        }
      });
    }
  });

  test('equals exact fractions worked by hand', () => {
    expect(rocAucScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBe(3 / 4);
    expect(rocAucScore([0, 1, 0, 1, 1], [0.5, 0.5, 0.2, 0.5, 0.1])).toBe(3 / 6);
    expect(rocAucScore([1, 0, 0], [2, 2, 2])).toBe(1 / 2);
  });

  test.each([
    ['32-bit scores', Float32Array, float32],
    ['64-bit scores', Float64Array, fc.double({ noNaN: true, noDefaultInfinity: true })],
    ['crowded scores', Float32Array, crowded],
  ])('is the share of pairs in the right order: %s', (_, ScoreArray, score) => {
    fc.assert(
      fc.property(pairsOf(score), (pairs) => {
        const yTrue = labelsOf(pairs);
        const yScore = ScoreArray.from(scoresOf(pairs));
        expect(rocAucScore(yTrue, yScore)).toBe(byPairs(yTrue, Array.from(yScore)));
      }),
    );
  });

  test('is the same through the radix sort of long columns as by pairs', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        fc.constantFrom(3, 50, 2 ** 20),
        (seed, levels) => {
          let state = seed;
          const next = () => (state = (state * 48271) % 2147483647);
          const pairs = Array.from({ length: 2600 }, (): [number, number] => [
            next() % 2,
            Math.fround((((next() % levels) - levels / 3) / levels) * 1e3),
          ]);
          const [yTrue, yScore] = [labelsOf(pairs), scoresOf(pairs)];
          expect(rocAucScore(yTrue, Float32Array.from(yScore))).toBe(byPairs(yTrue, yScore));
        },
      ),
      { numRuns: 6, endOnFailure: true },
    );
  });

  test('is invariant under strictly increasing maps', () => {
    fc.assert(
      fc.property(pairsOf(crowded), (pairs) => {
        const mapped = scoresOf(pairs).map((score) => Math.exp(3 * score) - 7);
        expect(rocAucScore(labelsOf(pairs), mapped)).toBe(rocAucScore(labelsOf(pairs), scoresOf(pairs)));
      }),
    );
  });

  test('of negated scores is one minus it', () => {
    fc.assert(
      fc.property(pairsOf(crowded), (pairs) => {
        const negated = scoresOf(pairs).map((score) => -score);
        const expected = 1 - rocAucScore(labelsOf(pairs), scoresOf(pairs));
        expectClose(
          rocAucScore(labelsOf(pairs), negated),
          Number.isNaN(expected) ? null : expected,
          1e-15,
          'negated',
        );
      }),
    );
  });

  test("doesn't depend on the order of the rows", () => {
    fc.assert(
      fc.property(
        pairsOf(crowded).chain((pairs) =>
          fc.tuple(fc.constant(pairs), fc.shuffledSubarray(pairs, { minLength: pairs.length })),
        ),
        ([pairs, shuffled]) => {
          expect(rocAucScore(labelsOf(shuffled), scoresOf(shuffled))).toBe(
            rocAucScore(labelsOf(pairs), scoresOf(pairs)),
          );
        },
      ),
    );
  });

  test('micro equals the area of all pairs in one column', () => {
    fc.assert(
      fc.property(pairsOf(crowded), (pairs) => {
        const twelve = Array.from({ length: 12 }, (_, at) => pairs[at % pairs.length]);
        const shape = [4, 3];
        const micro = rocAucScore(
          { data: labelsOf(twelve), shape },
          { data: scoresOf(twelve), shape },
          { average: 'micro' },
        );
        expect(micro).toBe(rocAucScore(labelsOf(twelve), scoresOf(twelve)));
      }),
    );
  });

  describe('a class with one kind of label', () => {
    const yTrue = [
      [0, 0, 1],
      [1, 0, 1],
      [1, 0, 1],
    ];
    const yScore = [
      [0.2, 0.1, 0.3],
      [0.9, 0.2, 0.4],
      [0.1, 0.3, 0.5],
    ];

    test('is NaN, and so is the macro average', () => {
      expect(Array.from(rocAucScore(yTrue, yScore, { average: 'none' }))).toEqual([
        0.5,
        Number.NaN,
        Number.NaN,
      ]);
      expect(rocAucScore(yTrue, yScore)).toBeNaN();
    });

    test("is left out with undefined: 'skip'", () => {
      expect(rocAucScore(yTrue, yScore, { undefined: 'skip' })).toBe(0.5);
      expect(rocAucScore(yTrue, yScore, { undefined: 'skip', average: 'weighted' })).toBe(0.5);
    });

    test("takes the caller's number, in averages and per class", () => {
      expect(rocAucScore(yTrue, yScore, { undefined: 0.2 })).toBeCloseTo(0.3, 15);
      expect(Array.from(rocAucScore(yTrue, yScore, { undefined: 0.2, average: 'none' }))).toEqual([
        0.5, 0.2, 0.2,
      ]);
    });

    test('is still NaN on average where every class is skipped', () => {
      expect(rocAucScore([1, 1], [0.1, 0.2], { undefined: 'skip' })).toBeNaN();
    });

    test('has no part in the weighted average when it has no positives', () => {
      const columns = (rows: number[][]) => rows.map((row) => row.slice(0, 2));
      expect(rocAucScore(columns(yTrue), columns(yScore), { average: 'weighted' })).toBe(0.5);
      expect(rocAucScore(yTrue, yScore, { average: 'weighted' })).toBeNaN();
    });
  });
});
