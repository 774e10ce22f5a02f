import { evaluateScores } from '@thawjs/metrics';
import { describe, expect, it } from 'vitest';
import { confusedLabels } from '../../../src/write-report/findings/confused-labels';
import { testData } from '../../../src/write-report/findings/test-data';
import { sampleEvaluation } from '../sample-evaluation';

/** Rows of labels and of decisions, 0 or 1. */
const confused = (yTrue: number[][], decided: number[][], mask?: number[][]) =>
  confusedLabels(
    testData(evaluateScores(yTrue, decided, { labels: ['cat', 'dog', 'cow'], ...(mask && { mask }) })),
  );
const repeat = <T>(row: T, times: number) => Array.from({ length: times }, () => row);

describe('confusedLabels', () => {
  it('finds the label that is predicted in the place of another', () => {
    const yTrue = [...repeat([1, 0, 0], 6), ...repeat([0, 0, 1], 34)];
    const decided = [...repeat([0, 1, 0], 6), ...repeat([0, 0, 1], 34)];
    expect(confused(yTrue, decided)).toEqual([{ missed: 0, found: 1, images: 6, expected: (6 * 6) / 40 }]);
  });

  it('says nothing of mistakes that come together no more often than by chance', () => {
    const yTrue = [...repeat([1, 0, 0], 20), ...repeat([1, 0, 0], 20)];
    const decided = [
      ...repeat([0, 1, 0], 10),
      ...repeat([0, 0, 0], 10),
      ...repeat([1, 1, 0], 10),
      ...repeat([1, 0, 0], 10),
    ];
    expect(confused(yTrue, decided)).toEqual([]);
  });

  it('says nothing of forty labels whose mistakes are independent', () => {
    const { labels, yTrue, yScore } = sampleEvaluation(
      600,
      Array.from({ length: 40 }, (_, at) => `label ${at}`),
    );
    expect(confusedLabels(testData(evaluateScores(yTrue, yScore, { labels })))).toEqual([]);
  });

  it('counts what chance would be only on images for which both labels are known', () => {
    // 40 images of one source, with 6 confusions, and 360 of another, for which the first label isn't known.
    const yTrue = [...repeat([1, 0, 0], 6), ...repeat([0, 0, 1], 394)];
    const decided = [...repeat([0, 1, 0], 6), ...repeat([0, 0, 1], 394)];
    const mask = [...repeat([1, 1, 1], 40), ...repeat([0, 1, 1], 360)];
    expect(confused(yTrue, decided, mask)).toEqual([
      { missed: 0, found: 1, images: 6, expected: (6 * 6) / 40 },
    ]);
  });

  it('takes any number of images', () => {
    const yTrue = [...repeat([1, 0, 0], 9000), ...repeat([0, 0, 1], 11_000)];
    const decided = [...repeat([0, 1, 0], 9000), ...repeat([0, 0, 1], 11_000)];
    expect(confused(yTrue, decided)).toEqual([{ missed: 0, found: 1, images: 9000, expected: 4050 }]);
  });

  it('says nothing of a single image, or of labels that aren’t known', () => {
    expect(confused([[1, 0, 0], ...repeat([0, 0, 1], 40)], [[0, 1, 0], ...repeat([0, 0, 1], 40)])).toEqual(
      [],
    );
    const yTrue = [...repeat([1, 0, 0], 6), ...repeat([0, 0, 1], 34)];
    const decided = [...repeat([0, 1, 0], 6), ...repeat([0, 0, 1], 34)];
    expect(confused(yTrue, decided, repeat([0, 1, 1], 40))).toEqual([]);
  });
});
