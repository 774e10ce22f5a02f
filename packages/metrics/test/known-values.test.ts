import {
  type Average,
  accuracyScore,
  classificationReport,
  confusionColumns,
  f1Score,
  formatReport,
  hammingLoss,
  precisionRecallFscoreSupport,
  precisionScore,
  undefinedClasses,
} from '@thawjs/metrics';
import { describe, expect, test } from 'vitest';
import { readSeedPredictions, seedIsPresent } from './conformance/read-seed-predictions';

const title = "the original project's test predictions";

describe.skipIf(!seedIsPresent)(
  seedIsPresent ? title : `${title}: skipped, as ../shared/seed is absent`,
  () => {
    const { yTrue, yPred, labels } = readSeedPredictions();

    test('are 590×39', () => {
      expect([yTrue.length, yPred.length, yTrue[0].length]).toEqual([590, 590, 39]);
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

    test('give the table that their author published: the ten classes with the most false positives', () => {
      const report = classificationReport(yTrue, yPred, { labels, zeroDivision: 0 });
      const options = {
        columns: confusionColumns,
        sortBy: 'fp',
        top: 10,
        averages: false,
        digits: 4,
      } as const;
      const rows = formatReport(report, options).split('\n').slice(1, 11);
      expect(rows.map((row) => row.split(/ +/).join(' '))).toEqual([
        'Big_Nose 252 124 72 142 0.6636 0.6702 0.5338 0.6678 0.5917 214 0.4897',
        'Mouth_Slightly_Open 164 115 93 218 0.7010 0.5878 0.6547 0.6475 0.6770 311 0.7117',
        'Male 179 111 14 286 0.9533 0.6172 0.7204 0.7881 0.8207 300 0.6865',
        'No_Beard 77 76 91 346 0.7918 0.5033 0.8199 0.7169 0.8056 437 1.0000',
        'Young 122 70 103 295 0.7412 0.6354 0.8082 0.7068 0.7733 398 0.9108',
        'Bags_Under_Eyes 356 65 119 50 0.2959 0.8456 0.4348 0.6881 0.3521 169 0.3867',
        'Smiling 208 63 117 202 0.6332 0.7675 0.7623 0.6949 0.6918 319 0.7300',
        'High_Cheekbones 242 59 117 172 0.5952 0.8040 0.7446 0.7017 0.6615 289 0.6613',
        'Wavy_Hair 381 34 128 47 0.2686 0.9181 0.5802 0.7254 0.3672 175 0.4005',
        'Wearing_Necktie 486 30 46 28 0.3784 0.9419 0.4828 0.8712 0.4242 74 0.1693',
      ]);
    });
  },
);
