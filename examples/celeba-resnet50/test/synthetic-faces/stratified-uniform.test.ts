import { describe, expect, it } from 'vitest';
import { stratifiedUniform } from '../../src/synthetic-faces/stratified-uniform';

const column = (key: string, from: number, rows: number): number[] =>
  Array.from({ length: rows }, (_, i) => stratifiedUniform(from + i, key));

describe('stratifiedUniform', () => {
  it('takes each thirty-second of [0, 1) once in every 32 rows', () => {
    for (const block of [0, 1, 9]) {
      const cells = column('bald', 32 * block, 32).map((value) => Math.floor(value * 32));
      expect(cells.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, i) => i));
    }
  });

  it('orders each block and each column otherwise', () => {
    const orders = [column('bald', 0, 32), column('bald', 32, 32), column('hat', 0, 32)].map((values) =>
      values.map((value) => Math.floor(value * 32)).join(),
    );
    expect(new Set(orders).size).toBe(3);
  });

  it('does not correlate columns', () => {
    const rows = 6400;
    const [a, b] = [column('bald', 0, rows), column('hat', 0, rows)];
    const covariance = a.reduce((sum, value, i) => sum + (value - 0.5) * (b[i] - 0.5), 0) / rows;
    // Standard deviation of the correlation of independent columns: 1 / √6400 = 0.0125.
    expect(Math.abs(covariance * 12)).toBeLessThan(0.05);
  });
});
