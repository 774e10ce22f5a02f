import { inspect } from 'node:util';
import { classificationReport, compare, LabelShapeError } from '@thawjs/metrics';
import { describe, expect, test } from 'vitest';

const labels = ['Smiling', 'Bald', 'Hat'];
const yTrue = [
  [1, 0, 0],
  [0, 0, 1],
  [1, 0, 1],
  [0, 0, 0],
];
const a = classificationReport(
  yTrue,
  [
    [0.9, 0.2, 0.6],
    [0.6, 0.1, 0.4],
    [0.7, 0.3, 0.9],
    [0.2, 0.4, 0.1],
  ],
  { labels },
);
const b = classificationReport(
  yTrue,
  [
    [0.9, 0.2, 0.4],
    [0.4, 0.1, 0.8],
    [0.7, 0.3, 0.9],
    [0.2, 0.4, 0.1],
  ],
  { labels },
);

describe('compare', () => {
  test('gives both values and b − a of every class and average', () => {
    const { perClass, micro } = compare(a, b);
    expect(perClass[0]).toMatchObject({
      label: 'Smiling',
      support: 2,
      precision: { a: 2 / 3, b: 1, difference: 1 - 2 / 3 },
      recall: { a: 1, b: 1, difference: 0 },
      auc: { a: 1, b: 1, difference: 0 },
    });
    expect(perClass[2].auc).toEqual({ a: 0.75, b: 1, difference: 0.25 });
    expect(micro.recall).toEqual({ a: 3 / 4, b: 1, difference: 1 / 4 });
  });

  test('counts the classes that got better and worse, and those undefined on either side', () => {
    expect(compare(a, b).counts).toMatchObject({
      precision: { better: 2, worse: 0, same: 0, undefined: 1 },
      recall: { better: 1, worse: 0, same: 1, undefined: 1 },
      specificity: { better: 2, worse: 0, same: 1, undefined: 0 },
    });
    expect(compare(b, a).counts.precision).toEqual({ better: 0, worse: 2, same: 0, undefined: 1 });
  });

  test('with itself is 0 wherever a metric is defined', () => {
    for (const one of compare(a, a).perClass) {
      expect(one.f1.difference).toSatisfy((value: number) => value === 0 || Number.isNaN(value));
    }
  });

  test('prints the signed differences', () => {
    const text = `
b − a     support  precision  recall  specificity      F1  accuracy     AUC      AP
Smiling         2     +0.333   0.000       +0.500  +0.200    +0.250   0.000   0.000
Bald            0        NaN     NaN        0.000     NaN     0.000     NaN     NaN
Hat             2     +0.500  +0.500       +0.500  +0.500    +0.500  +0.250  +0.167

macro                    NaN     NaN       +0.333     NaN    +0.250     NaN     NaN
micro                 +0.400  +0.250       +0.250  +0.333    +0.250  +0.078  +0.107
weighted              +0.417  +0.250       +0.500  +0.350    +0.375  +0.125  +0.083

better                     2       1            2       2         2       1       1
worse                      0       0            0       0         0       0       0`.slice(1);
    expect(String(compare(a, b))).toBe(text);
    expect(inspect(compare(a, b))).toBe(text);
    expect(structuredClone(compare(a, b))).toEqual({ ...compare(a, b) });
  });

  test('refuses reports of other classes, or of other rows', () => {
    const renamed = classificationReport([0, 1], [0, 1], { labels: ['Male'] });
    expect(() => compare(renamed, classificationReport([0, 1], [0, 1]))).toThrow(
      'compare: expected reports of the same classes on the same rows; class 0 of a is "Male" with support 1, of b "0" with support 1.',
    );
    expect(() => compare(renamed, classificationReport([1, 1], [0, 1], { labels: ['Male'] }))).toThrow(
      LabelShapeError,
    );
    expect(() => compare(a, renamed)).toThrow(LabelShapeError);
  });
});
