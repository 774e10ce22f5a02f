import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromFloat16, toFloat16 } from '../../src/weights/half-floats';

const rounded = (value: number) => fromFloat16(toFloat16(Float32Array.of(value)))[0];

test('every float16 is kept as it is', () => {
  const all = Uint16Array.from({ length: 65_536 }, (_, bits) => bits);
  const isNaN16 = (bits: number) => (bits & 0x7fff) > 0x7c00;
  const again = toFloat16(fromFloat16(all));
  expect([...all].filter((bits) => !isNaN16(bits) && again[bits] !== bits)).toEqual([]);
  expect([...all].filter((bits) => isNaN16(bits) && !isNaN16(again[bits]))).toEqual([]);
});

test.each([
  [1 + 2 ** -11, 1], // halfway: to the even one
  [1 + 3 * 2 ** -11, 1 + 2 ** -9],
  [65_519, 65_504],
  [65_520, Number.POSITIVE_INFINITY],
  [-1e9, Number.NEGATIVE_INFINITY],
  [2 ** -25, 0], // halfway between 0 and the smallest
  [3 * 2 ** -25, 2 ** -23],
  [-(2 ** -24), -(2 ** -24)],
  [2 ** -14 - 2 ** -26, 2 ** -14],
])('%d is rounded to %d', (value, expected) => {
  expect(rounded(value)).toBe(expected);
});

test('a number is rounded to the nearest float16', () => {
  const halves = fromFloat16(Uint16Array.from({ length: 0x7c00 }, (_, bits) => bits));
  fc.assert(
    fc.property(fc.float({ min: 0, max: 65_504, noNaN: true }), (value) => {
      const distance = Math.abs(rounded(value) - value);
      const above = halves.findIndex((half) => half >= value);
      const near = [halves[above], halves[Math.max(0, above - 1)]];
      expect(distance).toBe(Math.min(...near.map((half) => Math.abs(half - value))));
    }),
    { numRuns: 300 },
  );
});
