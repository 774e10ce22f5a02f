import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positiveCounts } from '../../src/labels/positive-counts';
import { relativeDeviation } from '../../src/labels/relative-deviation';
import { randomGenerator } from '../../src/random/random-generator';
import { balancedRows } from '../../src/subsets/balanced-rows';

const deviation = (y: Uint8Array, labels: number, rows: ArrayLike<number>) => {
  const chosen = Uint8Array.from(
    Array.from(rows).flatMap((row) => [...y.subarray(row * labels, (row + 1) * labels)]),
  );
  return relativeDeviation(positiveCounts(chosen, labels));
};

const skewed = (rows: number, labels: number, seed = 0) => {
  const random = randomGenerator(seed);
  return Uint8Array.from({ length: rows * labels }, (_, i) => (random() < 0.8 / (1 + (i % labels)) ? 1 : 0));
};

describe('balancedRows', () => {
  it('gives n rows, ascending, none twice', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer(),
        (rows, labels, seed) => {
          for (const n of [0, 1, rows >> 1, rows]) {
            const chosen = [...balancedRows(skewed(rows, labels, seed), labels, n, seed)];
            expect(chosen.length).toBe(n);
            expect(chosen.every((row, i) => row < rows && (i === 0 || row > chosen[i - 1]!))).toBe(true);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('finds the perfect balance where there is one', () => {
    // six rows of label 0, two of label 1, two of label 2: two of each are balanced
    const y = Uint8Array.from(
      [0, 0, 0, 0, 0, 0, 1, 1, 2, 2].flatMap((label) => [0, 1, 2].map((c) => +(c === label))),
    );
    expect(deviation(y, 3, balancedRows(y, 3, 6, 0))).toBe(0);
  });

  it('finds the best of all choices of 5 of 12 rows', () => {
    for (let seed = 0; seed < 10; seed++) {
      const y = skewed(12, 4, seed);
      let best = Number.POSITIVE_INFINITY;
      for (let bits = 0; bits < 4096; bits++) {
        const rows = [...Array(12).keys()].filter((row) => (bits >> row) & 1);
        const value = rows.length === 5 ? deviation(y, 4, rows) : Number.NaN;
        if (value < best) best = value;
      }
      expect(deviation(y, 4, balancedRows(y, 4, 5, 0)) - best).toBeLessThan(0.15);
    }
  });

  it('is far better balanced than chance', () => {
    const y = skewed(4000, 12);
    const random = Array.from({ length: 400 }, (_, i) => i);
    expect(deviation(y, 12, balancedRows(y, 12, 400, 0))).toBeLessThan(deviation(y, 12, random) / 4);
  });

  it('is the same for the same seed', () => {
    const y = skewed(500, 8);
    expect(balancedRows(y, 8, 100, 3)).toEqual(balancedRows(y, 8, 100, 3));
  });

  it('copes with a table without a positive', () => {
    expect(balancedRows(new Uint8Array(20), 2, 4, 0).length).toBe(4);
  });
});
