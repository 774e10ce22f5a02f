import { expect, test } from 'vitest';
import { percent } from '../../src/parts/percent';

test.each([
  [0, '0 %'],
  [0.001, 'under 1 %'],
  [0.126, '13 %'],
  [0.999, 'over 99 %'],
  [1, '100 %'],
  [Number.NaN, '–'],
])('%f is %s', (share, words) => {
  expect(percent(share)).toBe(words);
});
