import { existsSync, readFileSync } from 'node:fs';
import {
  type Average,
  accuracyScore,
  f1Score,
  hammingLoss,
  precisionRecallFscoreSupport,
  precisionScore,
  undefinedClasses,
} from '@thawjs/metrics';
import { describe, expect, test } from 'vitest';

const FILE = new URL('../../../../shared/seed/ResNet50_CelebA_predictions.csv', import.meta.url);

/** The file's two columns: NumPy vectors as printed, wrapped over lines. */
function readPredictions(): [yTrue: number[][], yPred: number[][]] {
  const vectors = Array.from(readFileSync(FILE, 'utf8').matchAll(/"\[([^\]]*)\]"/g), ([, text]) =>
    text!.trim().split(/\s+/).map(Number),
  );
  return [vectors.filter((_, at) => at % 2 === 0), vectors.filter((_, at) => at % 2 === 1)];
}

const present = existsSync(FILE);
const title = "the original project's test predictions";

describe.skipIf(!present)(present ? title : `${title}: skipped, as ../shared/seed is absent`, () => {
  const [yTrue, yPred] = present ? readPredictions() : [[], []];

  test('are 590×39', () => {
    expect([yTrue.length, yPred.length, yTrue[0]!.length]).toEqual([590, 590, 39]);
  });

  test.each<[Average, number, number, number]>([
    ['macro', 0.477889, 0.231436, 0.268714],
    ['micro', 0.699464, 0.399496, 0.508541],
    ['weighted', 0.595892, 0.399496, 0.432673],
  ])('have these %s precision, recall and F1', (average, precision, recall, f1) => {
    const scores = precisionRecallFscoreSupport(yTrue, yPred, { average, zeroDivision: 0 });
    expect(scores.precision).toBeCloseTo(precision, 6);
    expect(scores.recall).toBeCloseTo(recall, 6);
    expect(scores.fscore).toBeCloseTo(f1, 6);
  });

  test('are wrong in 18.6% of the labels and right in all labels of no row', () => {
    expect(hammingLoss(yTrue, yPred)).toBeCloseTo(0.18631, 6);
    expect(accuracyScore(yTrue, yPred)).toBe(0);
  });

  test('have seven classes with F1 = 0: those that are never predicted', () => {
    const f1 = f1Score(yTrue, yPred, { average: 'none' });
    expect(Array.from(f1).filter((value) => value === 0)).toHaveLength(7);
    expect(undefinedClasses(f1)).toEqual([]);
    expect(undefinedClasses(precisionScore(yTrue, yPred, { average: 'none' }))).toHaveLength(7);
  });
});
