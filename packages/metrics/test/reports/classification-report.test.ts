import { inspect } from 'node:util';
import {
  averagePrecisionScore,
  classificationReport,
  confusionCounts,
  f1Score,
  precisionScore,
  recallScore,
  rocAucScore,
} from '@thawjs/metrics';
import { describe, expect, test } from 'vitest';
import { readCases } from '../conformance/read-cases';

const yTrue = [
  [1, 0],
  [0, 0],
  [1, 0],
  [0, 0],
];
const yScore = [
  [0.9, 0.2],
  [0.6, 0.1],
  [0.7, 0.3],
  [0.2, 0.4],
];
const labels = ['Smiling', 'Bald'];

const TABLE = `
          support  TN  FP  FN  TP  precision  recall  specificity     F1  accuracy    AUC     AP
Smiling         2   1   1   0   2      0.667   1.000        0.500  0.800     0.750  1.000  1.000
Bald            0   4   0   0   0        NaN     NaN        1.000    NaN     1.000    NaN    NaN

macro           2                        NaN     NaN        0.750    NaN     0.875    NaN    NaN
micro           2                      0.667   1.000        0.833  0.800     0.875  1.000  1.000
weighted        2                      0.667   1.000        0.500  0.800     0.750  1.000  1.000

undefined precision: Bald
undefined recall: Bald
undefined F1: Bald
undefined AUC: Bald
undefined AP: Bald`.slice(1);

describe('classificationReport', () => {
  test('is an aligned table as text, and so to console.log', () => {
    const report = classificationReport(yTrue, yScore, { labels });
    expect(String(report)).toBe(TABLE);
    expect(`${report}`).toBe(TABLE);
    expect(inspect(report)).toBe(TABLE);
  });

  test('is plain data to everything else', () => {
    const report = classificationReport(yTrue, yScore, { labels });
    expect(Object.keys(report)).toEqual(['perClass', 'macro', 'micro', 'weighted', 'undefinedClasses']);
    expect(JSON.parse(JSON.stringify(report)).perClass[0]).toEqual(report.perClass[0]);
    expect(structuredClone(report)).toEqual({ ...report });
  });

  test('gives exact fractions for a class', () => {
    expect(classificationReport(yTrue, yScore, { labels }).perClass[0]).toEqual({
      label: 'Smiling',
      tn: 1,
      fp: 1,
      fn: 0,
      tp: 2,
      precision: 2 / 3,
      recall: 1,
      specificity: 1 / 2,
      f1: 4 / 5,
      accuracy: 3 / 4,
      auc: 1,
      averagePrecision: 1,
      support: 2,
      supportNorm: 1,
    });
  });

  test('names undefined classes under each metric, also where a number takes their place', () => {
    const undefinedClasses = {
      precision: ['Bald'],
      recall: ['Bald'],
      specificity: [],
      f1: ['Bald'],
      auc: ['Bald'],
      averagePrecision: ['Bald'],
    };
    expect(classificationReport(yTrue, yScore, { labels }).undefinedClasses).toEqual(undefinedClasses);
    const filled = classificationReport(yTrue, yScore, { labels, zeroDivision: 0, undefined: 'skip' });
    expect(filled.undefinedClasses).toEqual(undefinedClasses);
    expect(filled.perClass[1]).toMatchObject({ precision: 0, recall: 0, f1: 0, auc: Number.NaN });
    expect(filled.macro).toMatchObject({
      precision: 1 / 3,
      recall: 1 / 2,
      f1: 2 / 5,
      auc: 1,
      averagePrecision: 1,
    });
  });

  test('numbers the classes without names', () => {
    expect(classificationReport(yTrue, yScore).perClass.map(({ label }) => label)).toEqual(['0', '1']);
  });

  test('says nothing of undefined classes where there are none', () => {
    expect(String(classificationReport([0, 1], [0.2, 0.8]))).not.toContain('undefined');
  });

  test('holds what the single functions give', () => {
    for (const { name, yTrue: truth, yScore: scores } of readCases().values()) {
      const options = { threshold: 0.3, undefined: 'skip' } as const;
      const report = classificationReport(truth, scores, options);
      for (const average of ['macro', 'micro', 'weighted'] as const) {
        expect(report[average], `${name}: ${average}`).toMatchObject({
          precision: precisionScore(truth, scores, { ...options, average }),
          recall: recallScore(truth, scores, { ...options, average }),
          f1: f1Score(truth, scores, { ...options, average }),
          auc: rocAucScore(truth, scores, { undefined: 'skip', average }),
          averagePrecision: averagePrecisionScore(truth, scores, { undefined: 'skip', average }),
        });
      }
      const { tp } = confusionCounts(truth, scores, { threshold: 0.3 });
      expect(report.perClass.map((row) => row.tp)).toEqual(Array.from(tp));
      expect(report.perClass.map((row) => row.auc)).toEqual(
        Array.from(rocAucScore(truth, scores, { average: 'none' })),
      );
    }
  });
});
