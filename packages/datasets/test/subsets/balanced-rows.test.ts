import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positiveCounts } from '../../src/labels/positive-counts';
import { relativeDeviation } from '../../src/labels/relative-deviation';
import { randomGenerator } from '../../src/random/random-generator';
import { takeMatrixRows } from '../../src/records/take-matrix-rows';
import { balancedRows } from '../../src/subsets/balanced-rows';
import type { SubsetProgress } from '../../src/subsets/subset-options';
import fixture from '../fixtures/draws.json';

const deviation = (y: Uint8Array, labels: number, rows: readonly number[] | Int32Array) =>
  relativeDeviation(positiveCounts(takeMatrixRows(y, labels, Int32Array.from(rows)), labels));

const skewed = (rows: number, labels: number, seed = 0) => {
  const random = randomGenerator(seed);
  return Uint8Array.from({ length: rows * labels }, (_, i) => (random() < 0.8 / (1 + (i % labels)) ? 1 : 0));
};

/** The least deviation of all choices of n rows, by trying each; with at most so many of each group. */
function leastDeviation(y: Uint8Array, labels: number, n: number, groups?: number[], most = n): number {
  const rowCount = y.length / labels;
  let least = Number.POSITIVE_INFINITY;
  for (let bits = 0; bits < 2 ** rowCount; bits++) {
    const rows = [...Array(rowCount).keys()].filter((row) => (bits >> row) & 1);
    if (rows.length !== n) continue;
    if (groups?.some((group) => rows.filter((row) => groups[row] === group).length > most)) continue;
    const value = deviation(y, labels, rows);
    if (value < least) least = value;
  }
  return least;
}

describe('balancedRows', () => {
  it('gives n rows, ascending, none twice, with their own score', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer(),
        (rows, labels, seed) => {
          const y = skewed(rows, labels, seed);
          for (const n of [0, 1, rows >> 1, rows]) {
            const chosen = balancedRows(y, labels, n, { seed });
            expect(chosen.rows.length).toBe(n);
            expect(chosen.rows.every((row, i) => row < rows && (i === 0 || row > chosen.rows[i - 1]!))).toBe(
              true,
            );
            const score = deviation(y, labels, chosen.rows);
            if (Number.isNaN(score)) expect(chosen.score).toBeNaN();
            else expect(chosen.score).toBeCloseTo(score, 9);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('finds the perfect balance where there is one, and knows that nothing is better', () => {
    // six rows of label 0, two of label 1, two of label 2: two of each are balanced
    const y = Uint8Array.from(
      [0, 0, 0, 0, 0, 0, 1, 1, 2, 2].flatMap((label) => [0, 1, 2].map((c) => +(c === label))),
    );
    expect(balancedRows(y, 3, 6)).toMatchObject({ score: 0, bound: 0 });
  });

  it('comes near the best of all choices of 5 of 12 rows, and its bound is not above that', () => {
    for (let seed = 0; seed < 10; seed++) {
      const y = skewed(12, 4, seed);
      const least = leastDeviation(y, 4, 5);
      const { score, bound } = balancedRows(y, 4, 5);
      expect(score - least).toBeLessThan(0.15);
      expect(bound).toBeLessThanOrEqual(least + 1e-9);
    }
  });

  it('keeps its bound below the best of all choices with a limit a group, too', () => {
    for (let seed = 0; seed < 6; seed++) {
      const y = skewed(12, 3, seed);
      const groups = Array.from({ length: 12 }, (_, row) => row % 5);
      for (const perGroup of [1, 2]) {
        const { score, bound, rows } = balancedRows(y, 3, 5, { groups: Int32Array.from(groups), perGroup });
        const least = leastDeviation(y, 3, 5, groups, perGroup);
        expect(bound).toBeLessThanOrEqual(least + 1e-9);
        expect(score).toBeGreaterThanOrEqual(least - 1e-9);
        for (const group of groups) {
          expect([...rows].filter((row) => groups[row] === group).length).toBeLessThanOrEqual(perGroup);
        }
      }
    }
  });

  it('proves itself within a thousandth of the optimum on a larger table', () => {
    const y = skewed(4000, 12);
    const { score, bound } = balancedRows(y, 12, 400);
    expect(score - bound).toBeLessThan(0.001);
    const first = Array.from({ length: 400 }, (_, i) => i);
    expect(score).toBeLessThan(deviation(y, 12, first) / 4);
  });

  it('is the same for the same seed', () => {
    const y = skewed(500, 8);
    expect(balancedRows(y, 8, 100, { seed: 3 })).toEqual(balancedRows(y, 8, 100, { seed: 3 }));
  });

  it('tells how far it has come, better at the end than the search began', () => {
    for (const method of ['search', 'draws'] as const) {
      const seen: SubsetProgress[] = [];
      const { score } = balancedRows(skewed(500, 8), 8, 100, { method, onProgress: (at) => seen.push(at) });
      expect(seen.every(({ step }, i) => i === 0 || step >= seen[i - 1]!.step)).toBe(true);
      expect(seen.at(-1)!.score).toBeCloseTo(score, 12);
    }
  });

  it('copes with a table without a positive', () => {
    expect(balancedRows(new Uint8Array(20), 2, 4)).toMatchObject({ score: Number.NaN, bound: Number.NaN });
    expect(balancedRows(new Uint8Array(20), 2, 4).rows.length).toBe(4);
  });

  it.each(fixture.searches)(
    'by draws of seed $seed gives the $n rows of the search in numpy',
    ({ y, labels, n, seed, rows, score }) => {
      const drawn = balancedRows(Uint8Array.from(y), labels, n, { method: 'draws', seed });
      expect([...drawn.rows]).toEqual(rows);
      expect(drawn.score).toBeCloseTo(score, 12);
      expect(drawn.bound).toBeLessThanOrEqual(score);
    },
  );

  it.each([
    ['more rows than there are', 11, {}, /whole number from 0 to 10, .* received 11/],
    ['half a row', 1.5, {}, /received 1.5/],
    [
      'more rows than groups allow',
      5,
      { groups: Int32Array.from(Array(10).keys(), (i) => i % 4), perGroup: 1 },
      /from 0 to 4/,
    ],
    ['a limit without groups', 5, { perGroup: 1 }, /received 1 without groups/],
    ['a limit with draws', 5, { groups: new Int32Array(10), perGroup: 1, method: 'draws' }, /with 'draws'/],
    ['a seed that numpy would refuse', 5, { seed: -1, method: 'draws' }, /from 0 to 4294967295; received -1/],
    ['a seed that is no number', 5, { seed: Number.NaN }, /seed as a whole number; received NaN/],
    ['draws of more rows than have a label', 5, { method: 'draws' }, /0 rows have a label/],
    ['an unknown method', 5, { method: 'guess' as 'draws' }, /'search' or 'draws'; received "guess"/],
  ] as const)('refuses %s', (_, n, options, message) => {
    expect(() => balancedRows(new Uint8Array(20), 2, n, options)).toThrow(message);
  });
});
