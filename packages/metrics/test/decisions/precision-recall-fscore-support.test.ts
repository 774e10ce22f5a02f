import {
  type Average,
  accuracyScore,
  type Comparison,
  f1Score,
  hammingLoss,
  precisionRecallFscoreSupport,
  precisionScore,
  recallScore,
} from '@thawjs/metrics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../conformance/expect-close';
import { readCases, readFixture } from '../conformance/read-cases';

type Four = (number | null | (number | null)[])[];

interface Reference {
  readonly cases: {
    name: string;
    decisions: {
      threshold: number;
      comparison: Comparison;
      accuracy: number;
      hamming: number;
      'precision recall f1 f2, zero_division 0': Record<Average, Four>;
      'precision recall f1 f2, zero_division nan': Record<Average, Four>;
    }[];
  }[];
}

describe('the ratios of counts agree with scikit-learn to 1e-12', () => {
  const cases = readCases();
  for (const { name, decisions } of readFixture<Reference>('scikit-learn.json').cases) {
    test(name, () => {
      const { yTrue, yScore } = cases.get(name)!;
      const noPositives = Array.from(yTrue.data).every((label) => label === 0);
      for (const decision of decisions) {
        const { threshold, comparison } = decision;
        const at = { threshold, comparison };
        const what = `${comparison} ${threshold}`;
        expectClose(accuracyScore(yTrue, yScore, at), decision.accuracy, 1e-12, `${what} accuracy`);
        expectClose(hammingLoss(yTrue, yScore, at), decision.hamming, 1e-12, `${what} hamming`);
        for (const [convention, reference] of [
          [{ zeroDivision: 0 }, decision['precision recall f1 f2, zero_division 0']],
          [{ undefined: 'skip' }, decision['precision recall f1 f2, zero_division nan']],
        ] as const) {
          for (const [average, expected] of Object.entries(reference)) {
            // Without any positive there is no weight: scikit-learn then takes the plain mean, ours is undefined.
            if (average === 'weighted' && noPositives && !('zeroDivision' in convention)) continue;
            const options = { ...at, ...convention, average: average as Average };
            const { precision, recall, fscore } = precisionRecallFscoreSupport(yTrue, yScore, options);
            const double = precisionRecallFscoreSupport(yTrue, yScore, { ...options, beta: 2 }).fscore;
            for (const [order, actual] of [precision, recall, fscore, double].entries()) {
              expectClose(
                actual,
                expected[order]!,
                1e-12,
                `${what} ${JSON.stringify(convention)} ${average} ${order}`,
              );
            }
            expect(precisionScore(yTrue, yScore, options)).toEqual(precision);
            expect(recallScore(yTrue, yScore, options)).toEqual(recall);
            expect(f1Score(yTrue, yScore, options)).toEqual(fscore);
          }
        }
      }
    });
  }
});

describe('precisionRecallFscoreSupport', () => {
  const yTrue = [
    [1, 0, 1],
    [0, 0, 1],
    [1, 1, 0],
  ];
  const yScore = [
    [0.9, 0.2, 0.6],
    [0.8, 0.1, 0.7],
    [0.3, 0.4, 0.2],
  ];

  test('gives exact fractions a class by default', () => {
    const { precision, recall, fscore, support } = precisionRecallFscoreSupport(yTrue, yScore);
    expect(Array.from(precision)).toEqual([1 / 2, Number.NaN, 1]);
    expect(Array.from(recall)).toEqual([1 / 2, 0, 1]);
    expect(Array.from(fscore)).toEqual([1 / 2, 0, 1]);
    expect(Array.from(support)).toEqual([2, 1, 2]);
  });

  test('totals the support of an average', () => {
    for (const average of ['macro', 'micro', 'weighted', 'samples'] as const) {
      expect(precisionRecallFscoreSupport(yTrue, yScore, { average }).support, average).toBe(5);
    }
  });

  test('favours recall with a large beta and precision with a small one', () => {
    const labels = [1, 1, 1, 0];
    const predicted = [1, 0, 0, 0];
    const of = (beta: number) =>
      precisionRecallFscoreSupport(labels, predicted, { beta, average: 'macro' }).fscore;
    expect(of(1000)).toBeCloseTo(1 / 3, 5);
    expect(of(0.001)).toBeCloseTo(1, 5);
  });

  test('equals one class in every average for a plain vector', () => {
    const labels = [1, 1, 0, 0];
    const predicted = [1, 0, 1, 1];
    for (const average of ['macro', 'micro', 'weighted'] as const) {
      expect(precisionScore(labels, predicted, { average }), average).toBe(1 / 3);
    }
  });

  test('keeps an undefined class in sight: NaN on average, unless skipped or given a value', () => {
    expect(precisionScore(yTrue, yScore)).toBeNaN();
    expect(precisionScore(yTrue, yScore, { undefined: 'skip' })).toBe(3 / 4);
    expect(precisionScore(yTrue, yScore, { undefined: 1 })).toBe(5 / 6);
    expect(precisionScore(yTrue, yScore, { zeroDivision: 1 })).toBe(5 / 6);
    expect(precisionScore(yTrue, yScore, { average: 'weighted' })).toBeNaN();
  });

  test('lets a class without positives have no part in a weighted recall', () => {
    const labels = [
      [1, 0],
      [1, 0],
    ];
    const predicted = [
      [1, 0],
      [0, 0],
    ];
    expect(recallScore(labels, predicted)).toBeNaN();
    expect(recallScore(labels, predicted, { average: 'weighted' })).toBe(1 / 2);
  });

  test('micro equals the pooled column, and weighted recall equals micro recall', () => {
    const bit = fc.integer({ min: 0, max: 1 });
    fc.assert(
      fc.property(fc.array(fc.tuple(bit, bit), { minLength: 12, maxLength: 12 }), (pairs) => {
        const shape = [4, 3];
        const truth = { data: pairs.map(([label]) => label), shape };
        const predicted = { data: pairs.map(([, prediction]) => prediction), shape };
        const micro = precisionRecallFscoreSupport(truth, predicted, { average: 'micro' });
        const pooled = precisionRecallFscoreSupport(truth.data, predicted.data, { average: 'macro' });
        expect(micro).toEqual(pooled);
        const weighted = recallScore(truth, predicted, { average: 'weighted' });
        expectClose(weighted, Number.isNaN(micro.recall) ? null : micro.recall, 1e-15, 'recall');
      }),
    );
  });
});
