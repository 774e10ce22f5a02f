import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positiveCounts } from '../../src/labels/positive-counts';
import { relativeDeviation } from '../../src/labels/relative-deviation';
import { randomGenerator } from '../../src/random/random-generator';
import { takeMatrixRows } from '../../src/records/take-rows';
import { balancedRows } from '../../src/subsets/balanced-rows';
import type { SubsetProgress } from '../../src/subsets/subset-options';
import fixture from '../fixtures/draws.json';

const deviation = (y: Uint8Array, labels: number, rows: readonly number[] | Int32Array) =>
  relativeDeviation(positiveCounts(takeMatrixRows(y, labels, Int32Array.from(rows)), labels));

const skewed = (rows: number, labels: number, seed = 0) => {
  const random = randomGenerator(seed);
  return Uint8Array.from({ length: rows * labels }, (_, i) => (random() < 0.8 / (1 + (i % labels)) ? 1 : 0));
};

/** How many labels each row has. */
const sizesOf = (y: Uint8Array, labels: number) =>
  Array.from({ length: y.length / labels }, (_, row) =>
    positivesOf(y.subarray(row * labels, (row + 1) * labels)),
  );

const positivesOf = (y: Uint8Array) => y.reduce((sum, value) => sum + value, 0);

/** The rows of each label set, so many of each. */
const tableOf = (labels: number, ...sets: readonly [count: number, columns: readonly number[]][]) =>
  Uint8Array.from(
    sets.flatMap(([count, columns]) =>
      Array.from({ length: count }, () =>
        Array.from({ length: labels }, (_, c) => +columns.includes(c)),
      ).flat(),
    ),
  );

interface Choices {
  readonly minLabels?: number;
  readonly groups?: readonly number[];
  readonly perGroup?: number;
}

/**
 * The least deviation of all choices of n rows, by trying each, and the most positives of those that have it. The rows have
 * at least so many labels; by default none are empty but for want of others.
 */
function bestOfAll(
  y: Uint8Array,
  labels: number,
  n: number,
  { minLabels, groups, perGroup = n }: Choices = {},
): { least: number; most: number } {
  const sizes = sizesOf(y, labels);
  let best = { least: Number.POSITIVE_INFINITY, most: 0 };
  let fewestEmpty = n;
  for (let bits = 0; bits < 2 ** sizes.length; bits++) {
    const rows = [...sizes.keys()].filter((row) => (bits >> row) & 1);
    if (rows.length !== n || rows.some((row) => sizes[row] < (minLabels ?? 0))) continue;
    if (groups?.some((group) => rows.filter((row) => groups[row] === group).length > perGroup)) continue;
    const empty = rows.filter((row) => sizes[row] === 0).length;
    if (minLabels === undefined && empty < fewestEmpty) {
      fewestEmpty = empty;
      best = { least: Number.POSITIVE_INFINITY, most: 0 };
    }
    if (minLabels === undefined && empty > fewestEmpty) continue;
    const value = deviation(y, labels, rows);
    const positives = rows.reduce((sum, row) => sum + sizes[row], 0);
    if (value < best.least - 1e-12) best = { least: value, most: positives };
    else if (value < best.least + 1e-12) best.most = Math.max(best.most, positives);
  }
  return best;
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
            expect(chosen.rows.every((row, i) => row < rows && (i === 0 || row > chosen.rows[i - 1]))).toBe(
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

  it.each([undefined, 0, 1, 2])(
    'finds the best of all choices of 5 of 12 rows, with the most positives, for minLabelsPerRow %s; its bound is below',
    (minLabels) => {
      let tried = 0;
      for (let seed = 0; seed < 12; seed++) {
        const y = skewed(12, 4, seed);
        const { least, most } = bestOfAll(y, 4, 5, minLabels === undefined ? {} : { minLabels });
        if (least === Number.POSITIVE_INFINITY) continue;
        tried++;
        const options = minLabels === undefined ? {} : { minLabelsPerRow: minLabels };
        const { rows, score, bound } = balancedRows(y, 4, 5, options);
        expect(score).toBeCloseTo(least, 9);
        expect(positivesOf(takeMatrixRows(y, 4, rows))).toBe(most);
        expect(bound).toBeLessThanOrEqual(least + 1e-9);
      }
      expect(tried).toBeGreaterThan(2);
    },
  );

  it('keeps its bound below the best of all choices with a limit per group, too', () => {
    for (let seed = 0; seed < 6; seed++) {
      const y = skewed(12, 3, seed);
      const groups = Array.from({ length: 12 }, (_, row) => row % 5);
      for (const perGroup of [1, 2]) {
        for (const minLabels of [undefined, 0]) {
          const { score, bound, rows } = balancedRows(y, 3, 5, {
            groups: Int32Array.from(groups),
            perGroup,
            ...(minLabels !== undefined && { minLabelsPerRow: minLabels }),
          });
          const { least } = bestOfAll(y, 3, 5, {
            groups,
            perGroup,
            ...(minLabels !== undefined && { minLabels }),
          });
          expect(bound).toBeLessThanOrEqual(least + 1e-9);
          expect(score).toBeGreaterThanOrEqual(least - 1e-9);
          for (const group of groups) {
            expect([...rows].filter((row) => groups[row] === group).length).toBeLessThanOrEqual(perGroup);
          }
        }
      }
    }
  });

  describe('of a table in which half of the rows have no label', () => {
    const [mass, edema, nodule] = [0, 1, 2];
    const y = tableOf(3, [20, []], [5, [mass]], [5, [edema]], [5, [mass, edema]], [5, [nodule]]);
    const counted = (n: number, options = {}) => {
      const { rows, ...subset } = balancedRows(y, 3, n, options);
      return { ...subset, counts: [...positiveCounts(takeMatrixRows(y, 3, rows), 3)] };
    };

    it.each([
      [4, [2, 2, 2], 0, 0],
      [12, [5, 5, 5], 0, 0],
      [20, [10, 10, 5], 0, Math.sqrt(2 / 25)],
      [25, [10, 10, 5], 5, Math.sqrt(2 / 25)],
    ])('%i rows have %j positives, and %i of them are empty', (n, counts, emptyRows, score) => {
      const subset = counted(n);
      expect(subset).toMatchObject({ counts, emptyRows });
      expect(subset.score).toBeCloseTo(score, 12);
      expect(subset.bound).toBeCloseTo(score, 6);
    });

    it('takes empty rows where none need have a label and balance gains by them', () => {
      expect(counted(20, { minLabelsPerRow: 0 })).toMatchObject({
        counts: [5, 5, 5],
        score: 0,
        emptyRows: 5,
      });
    });

    it('takes rows with two labels alone where two are asked for', () => {
      expect(counted(5, { minLabelsPerRow: 2 })).toMatchObject({ counts: [5, 5, 0], emptyRows: 0 });
      expect(counted(5, { minLabelsPerRow: 2, method: 'draws' })).toMatchObject({ counts: [5, 5, 0] });
    });

    it.each([
      [21, 1, /from 0 to 20, the rows that may be chosen and have at least 1 of the labels; received 21/],
      [6, 2, /from 0 to 5, .* at least 2 of the labels; received 6/],
      [4, -1, /minLabelsPerRow as a whole number from 0; received -1/],
      [4, 0.5, /minLabelsPerRow as a whole number from 0; received 0.5/],
    ])('refuses %i rows with %d labels each', (n, minLabelsPerRow, message) => {
      expect(() => balancedRows(y, 3, n, { minLabelsPerRow })).toThrow(message);
    });
  });

  it('takes 2,000 of 20,000 rows with 14 rare labels without an empty one, near its bound', () => {
    const shares = [0.28, 0.19, 0.17, 0.09, 0.08, 0.075, 0.07, 0.05, 0.04, 0.036, 0.033, 0.024, 0.02, 0.003];
    const random = randomGenerator(1);
    const y = new Uint8Array(20_000 * 14);
    for (let row = 0; row < 20_000; row++) {
      if (random() < 0.54) continue;
      shares.forEach((share, column) => {
        y[row * 14 + column] = random() < share ? 1 : 0;
      });
    }
    expect(sizesOf(y, 14).filter((size) => size === 0).length).toBeGreaterThan(10_000);
    const { rows, score, bound, emptyRows } = balancedRows(y, 14, 2000);
    expect([rows.length, emptyRows]).toEqual([2000, 0]);
    expect(score).toBeLessThan(0.3);
    expect(score - bound).toBeLessThan(1e-3);
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
      expect(seen.every(({ step }, i) => i === 0 || step >= seen[i - 1].step)).toBe(true);
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
    [
      'a misspelt option',
      5,
      { minLabels: 1 } as object,
      /received "minLabels". Did you mean "minLabelsPerRow"/,
    ],
    ['an unknown method', 5, { method: 'guess' as 'draws' }, /'search' or 'draws'; received "guess"/],
  ] as const)('refuses %s', (_, n, options, message) => {
    expect(() => balancedRows(new Uint8Array(20), 2, n, options)).toThrow(message);
  });
});
