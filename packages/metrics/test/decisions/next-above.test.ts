import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextAbove } from '../../src/decisions/decision-limits';

describe('nextAbove', () => {
  test.each([
    [0, 5e-324],
    [-0, 5e-324],
    [-5e-324, -0],
    [1, 1 + Number.EPSILON],
    [-1, -1 + Number.EPSILON / 2],
    [Number.MAX_VALUE, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, -Number.MAX_VALUE],
    [Number.POSITIVE_INFINITY, Number.NaN],
  ])('of %d is %d', (value, next) => {
    expect(nextAbove(value)).toBe(next);
  });

  test('is reached by exactly the scores above the value', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (value, score) => {
        expect(score >= nextAbove(value)).toBe(score > value);
        expect(value >= nextAbove(value)).toBe(false);
      }),
    );
  });
});
