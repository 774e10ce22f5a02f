import { hammingLoss } from '@thawjs/metrics';
import { describe, expect, test } from 'vitest';

describe('hammingLoss', () => {
  test('is the share of single labels that are wrong', () => {
    const yTrue = [
      [1, 0, 1],
      [0, 0, 1],
    ];
    expect(hammingLoss(yTrue, yTrue)).toBe(0);
    expect(hammingLoss(yTrue, { data: [1, 1, 1, 1, 0, 0], shape: [2, 3] })).toBe(3 / 6);
  });

  test('takes thresholds', () => {
    expect(hammingLoss([[1, 0]], [[0.4, 0.4]], { threshold: [0.3, 0.5] })).toBe(0);
    expect(hammingLoss([[1, 0]], [[0.4, 0.4]])).toBe(1 / 2);
  });
});
