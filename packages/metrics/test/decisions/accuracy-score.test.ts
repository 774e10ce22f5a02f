import { accuracyScore } from '@thawjs/metrics';
import { describe, expect, test } from 'vitest';

describe('accuracyScore', () => {
  test('counts a row only where all its classes are right', () => {
    const yTrue = [
      [1, 0, 1],
      [0, 0, 1],
      [1, 1, 0],
    ];
    const yPred = [
      [1, 0, 1],
      [0, 1, 1],
      [1, 1, 0],
    ];
    expect(accuracyScore(yTrue, yPred)).toBe(2 / 3);
  });

  test('is plain accuracy for one class', () => {
    expect(accuracyScore([1, 0, 1, 1], [0.9, 0.6, 0.2, 0.5])).toBe(1 / 2);
    expect(accuracyScore([1, 0, 1, 1], [0.9, 0.6, 0.2, 0.5], { comparison: '>' })).toBe(1 / 4);
  });
});
