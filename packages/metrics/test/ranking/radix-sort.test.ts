import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { radixSort } from '../../src/ranking/radix-sort';

describe('radixSort', () => {
  test.each([
    ['all 32 bits', 0, 32],
    ['the low digit only', 0, 11],
    ['the middle digit only', 11, 11],
    ['the high digit only', 22, 10],
    ['one bit', 31, 1],
    ['nothing', 0, 0],
  ])('sorts in place keys that differ in %s', (_, shift, bits) => {
    fc.assert(
      fc.property(
        fc
          .uint32Array({ minLength: 1000, maxLength: 3000 })
          .map((keys) =>
            keys.map((key) => ((key & (bits === 32 ? 0xffffffff : (1 << bits) - 1)) << shift) >>> 0),
          ),
        (keys) => {
          const expected = keys.slice().sort();
          expect(radixSort(keys, new Uint32Array(keys.length + 5))).toBe(keys);
          expect(keys).toEqual(expected);
        },
      ),
      { numRuns: 10, endOnFailure: true },
    );
  });

  test('takes an empty array', () => {
    expect(radixSort(new Uint32Array(0), new Uint32Array(0))).toHaveLength(0);
  });
});
