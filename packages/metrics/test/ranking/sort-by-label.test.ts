import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sortByLabel } from '../../src/ranking/sort-by-label';

describe('sortByLabel', () => {
  test('hands out each column once, more columns than a block holds, split by label and in ascending order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 30 }),
        fc.infiniteStream(
          fc.tuple(fc.integer({ min: 0, max: 1 }), fc.float({ noNaN: true, noDefaultInfinity: true })),
        ),
        (columns, rows, pairs) => {
          const drawn = Array.from({ length: rows * columns }, () => pairs.next().value);
          const truth = Uint8Array.from(drawn, ([label]) => label);
          const doubles = Float64Array.from(drawn, ([, score]) => score);
          const visited: number[] = [];
          sortByLabel({ rows, columns, truth, scores: doubles }, ({ positives, negatives }, column) => {
            visited.push(column);
            const of = (label: number) =>
              doubles
                .filter((_, at) => at % columns === column && truth[at] === label)
                .map((score) => score + 0);
            expect(positives).toEqual(of(1).sort());
            expect(negatives).toEqual(of(0).sort());
          });
          expect(visited).toEqual(Array.from({ length: columns }, (_, column) => column));
        },
      ),
    );
  });

  test('keeps the order of 32-bit scores in its keys, −0 tied with 0', () => {
    const ascending = [-3.4e38, -1, -1.4e-45, -0, 0, 1.4e-45, 0.3, 1, 3.4e38];
    const scores = Float32Array.from(ascending);
    const truth = new Uint8Array(ascending.length).fill(1);
    sortByLabel({ rows: ascending.length, columns: 1, truth, scores }, ({ positives, negatives }) => {
      const keys = Array.from(positives);
      expect(negatives).toHaveLength(0);
      expect(keys[3]).toBe(keys[4]);
      expect(new Set(keys).size).toBe(ascending.length - 1);
      expect(keys).toEqual(keys.slice().sort((a, b) => a - b));
    });
  });

  test('reads a view into a larger buffer', () => {
    const scores = Float32Array.of(9, 9, 0.5, 0.25).subarray(2);
    sortByLabel({ rows: 2, columns: 1, truth: Uint8Array.of(1, 0), scores }, ({ positives, negatives }) => {
      expect(positives[0]).toBeGreaterThan(negatives[0]);
    });
  });
});
