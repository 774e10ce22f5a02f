import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addExactly, type ExactSum, roundExactly } from '../../src/probabilities/exact-sum';

const sumOf = (values: readonly number[]) => {
  const sum: ExactSum = [];
  for (const value of values) addExactly(sum, value);
  return roundExactly(sum);
};

describe('an exact sum', () => {
  test.each<[number, number[]]>([
    [0, []],
    [0.1, [0.1]],
    [1, [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]],
    [1, [1e100, 1, -1e100]],
    [2e-16 + 1, [1, 1e-16, 1e-16]],
    // From CPython's test_fsum.
    [2 ** 53 - 1, [2 ** 53, -0.5, -(2 ** -54)]],
    [2 ** 53 + 2, [2 ** 53, 1, 2 ** -100]],
    [2 ** 53 + 12, [2 ** 53 + 10, 1, 2 ** -100]],
    [2 ** 53 - 3, [2 ** 53 - 4, 0.5, 2 ** -54]],
  ])('is %d', (expected, values) => {
    expect(sumOf(values)).toBe(expected);
  });

  test('does not depend on the order', () => {
    const small = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(small, fc.nat()), { maxLength: 60 }), (drawn) => {
        const values = drawn.map(([value]) => value);
        const shuffled = drawn.toSorted(([, a], [, b]) => a - b).map(([value]) => value);
        expect(sumOf(shuffled) + 0).toBe(sumOf(values) + 0);
      }),
    );
  });

  test('of integers over a power of two is the exact one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 }), { maxLength: 60 }), (integers) => {
        expect(sumOf(integers.map((integer) => integer / 2 ** 40)) + 0).toBe(
          integers.reduce((sum, integer) => sum + integer, 0) / 2 ** 40 + 0,
        );
      }),
    );
  });

  test('of a million probabilities stays some parts long', () => {
    const sum: ExactSum = [];
    for (let at = 0; at < 1e6; at++) addExactly(sum, Math.fround(Math.abs(Math.sin(at)) ** 9));
    expect(sum.length).toBeLessThan(40);
  });
});
