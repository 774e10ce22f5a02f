import { describe, expect, it } from 'vitest';
import { randomGenerator } from '../../src/random/random-generator';
import { emptyParts, unitsOf } from '../../src/splits/part-counts';
import { refineParts } from '../../src/splits/refine-parts';
import { stratifiedParts } from '../../src/splits/stratified-parts';
import { madeTable } from './made-table';

describe('stratifiedParts', () => {
  it('deals the rarest label first, each row to the part that lacks most of it', () => {
    // label b is the rarest: its two rows go one to each half, then the four rows of a alone
    const y = Uint8Array.from([1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
    for (let seed = 0; seed < 20; seed++) {
      const parts = emptyParts(unitsOf(y, 2, 8), [0.5, 0.5]);
      const partOf = stratifiedParts(parts, y, [0, 1], randomGenerator(seed));
      expect(partOf[0]).not.toBe(partOf[1]);
      expect(partOf.slice(2, 6).reduce((sum, part) => sum + part, 0)).toBe(2);
      expect(partOf.slice(6).reduce((sum, part) => sum + part, 0)).toBe(1);
      expect([...parts.excess]).toEqual([0, 0, 0, 0, 0, 0]);
    }
  });
});

describe('refineParts', () => {
  it('never makes the division worse, and keeps its counts true', () => {
    const { y } = madeTable(400, 40);
    const fractions = [0.7, 0.15, 0.15];
    const loss = ({ excess, scale }: ReturnType<typeof emptyParts>) =>
      excess.reduce((sum, value, i) => sum + (value * scale[i]) ** 8, 0);
    for (let seed = 0; seed < 5; seed++) {
      const parts = emptyParts(unitsOf(y, 3, 400), fractions);
      const partOf = stratifiedParts(parts, y, [0, 1, 2], randomGenerator(seed));
      const before = loss(parts);
      refineParts(parts, partOf, [0, 1, 2], randomGenerator(seed));
      expect(loss(parts)).toBeLessThanOrEqual(before);
      partOf.forEach((part, row) => {
        for (let label = 0; label < 3; label++) parts.excess[part * 4 + label] -= y[row * 3 + label];
        parts.excess[part * 4 + 3] -= 1;
      });
      const fresh = emptyParts(unitsOf(y, 3, 400), fractions).excess;
      parts.excess.forEach((value, i) => {
        expect(value).toBeCloseTo(fresh[i], 9);
      });
    }
  });
});
