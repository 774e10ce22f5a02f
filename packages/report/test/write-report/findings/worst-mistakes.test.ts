import { evaluateScores } from '@thawjs/metrics';
import { describe, expect, it } from 'vitest';
import { testData } from '../../../src/write-report/findings/test-data';
import { worstMistakes } from '../../../src/write-report/findings/worst-mistakes';

const mistakes = (yTrue: number[][], yScore: number[][], count = 8, mask?: number[][]) =>
  worstMistakes(
    testData(evaluateScores(yTrue, yScore, { labels: ['a', 'b'], ...(mask && { mask }) })),
    count,
  );

describe('worstMistakes', () => {
  it('are the wrong decisions of which the model is the most certain, found and missed', () => {
    const { found, missed } = mistakes(
      [
        [0, 1],
        [0, 1],
        [1, 0],
      ],
      [
        [0.7, 0.4],
        [0.9, 0.1],
        [0.8, 0.2],
      ],
    );
    expect(found.map(({ row, column, probability }) => [row, column, probability])).toEqual([
      [1, 0, 0.9],
      [0, 0, 0.7],
    ]);
    expect(missed.map(({ row, column, probability }) => [row, column, probability])).toEqual([
      [1, 1, 0.1],
      [0, 1, 0.4],
    ]);
  });

  it('are at most two per class, one per image, and as many as asked for', () => {
    const yTrue = Array.from({ length: 5 }, () => [0, 0]);
    const yScore = [
      [0.99, 0.6],
      [0.98, 0.6],
      [0.97, 0.9],
      [0.96, 0.8],
      [0.95, 0.7],
    ];
    expect(mistakes(yTrue, yScore).found.map(({ row, column }) => [row, column])).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
      [3, 1],
    ]);
    expect(mistakes(yTrue, yScore, 1).found).toHaveLength(1);
  });

  it('are none where all is right or unknown', () => {
    expect(mistakes([[1, 0]], [[0.9, 0.1]])).toEqual({ found: [], missed: [] });
    expect(mistakes([[0, 0]], [[0.9, 0.1]], 8, [[0, 1]])).toEqual({ found: [], missed: [] });
  });
});
