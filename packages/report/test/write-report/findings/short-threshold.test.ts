import { describe, expect, it } from 'vitest';
import { shortThreshold } from '../../../src/write-report/findings/short-threshold';

describe('shortThreshold', () => {
  it.each([
    ['three digits if they are enough', 0.34682, 0.21, 0.34682, 0.346],
    ['more digits between near scores', 0.34682, 0.3467, 0.34682, 0.3468],
    ['the float32 nearest to a decimal', Math.fround(0.35), Math.fround(0.3), Math.fround(0.35), 0.349],
    ['a threshold between scores', 0.5, 0.2, 0.7, 0.5],
    ['a value just below 1', 0.99996, 0.5, 0.99996, 0.999],
    ['a tiny value', 3.456e-7, 1e-9, 3.456e-7, 3.45e-7],
    ['0, below which there is nothing', 0, Number.NEGATIVE_INFINITY, 0, 0],
    ['1', 1, 0.9, 1, 1],
    ['no threshold', Number.POSITIVE_INFINITY, 1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ])('has %s', (_, threshold, below, next, short) => {
    expect(shortThreshold(threshold, below, next)).toBe(short);
  });
});
