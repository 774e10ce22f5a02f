import { averagePrecisionScore, f1Score, rocAucScore } from '@thawjs/metrics';
import { describe, expect, test } from 'vitest';

describe('in a browser', () => {
  test('there is no process, and metrics needs none', () => {
    expect(typeof process).toBe('undefined');
    expect(rocAucScore([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBe(3 / 4);
  });

  test('typed arrays give the exact fractions worked by hand, a value a label', () => {
    const yTrue = { data: Uint8Array.of(1, 0, 0, 1, 1, 1), shape: [3, 2] };
    const yScore = { data: Float32Array.of(0.9, 0.2, 0.4, 0.1, 0.3, 0.8), shape: [3, 2] };
    const precision = (1 + 2 / 3) / 2;
    expect(rocAucScore(yTrue, yScore, { average: 'none' })).toEqual(Float64Array.of(1 / 2, 1 / 2));
    expect(averagePrecisionScore(yTrue, yScore, { average: 'none' })).toEqual(
      Float64Array.of(precision, precision),
    );
    expect(f1Score(yTrue, yScore, { average: 'none', threshold: 0.35 })).toEqual(
      Float64Array.of(1 / 2, 2 / 3),
    );
  });
});
