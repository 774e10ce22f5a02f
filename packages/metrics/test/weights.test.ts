import {
  type Average,
  accuracyScore,
  averagePrecisionScore,
  balancedAccuracyScore,
  cohenKappaScore,
  confusionCounts,
  f1Score,
  fbetaScore,
  hammingLoss,
  jaccardScore,
  type MatrixInput,
  matthewsCorrcoef,
  multilabelConfusionMatrix,
  negativePredictiveValue,
  precisionScore,
  recallScore,
  rocAucScore,
  specificity,
  type ThresholdOptions,
  zeroOneLoss,
} from '@thawjs/metrics';
import { describe, test } from 'vitest';
import { expectClose } from './conformance/expect-close';
import { readCases, readFixture } from './conformance/read-cases';

type Value = number | null;
type ByAverage = Partial<Record<Average, Value | Value[]>>;
type Ratio = (
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: ThresholdOptions & { average: Average; zeroDivision?: number },
) => number | Float64Array;

const RATIOS: Record<string, Ratio> = {
  precisionScore,
  recallScore,
  f1Score,
  fbetaScore: (yTrue, yScore, options) => fbetaScore(yTrue, yScore, { ...options, beta: 0.5 }),
  specificity,
  negativePredictiveValue,
  jaccardScore,
  matthewsCorrcoef,
  cohenKappaScore,
  balancedAccuracyScore,
};
/** Where scikit-learn's value of 0/0 is NaN, or there is none. */
const UNDEFINED = new Set(['cohenKappaScore', 'balancedAccuracyScore']);

interface Values {
  readonly rocAuc: ByAverage;
  readonly averagePrecision: ByAverage;
  readonly 'rocAuc up to .3': Value[];
  readonly ratios: Record<string, Value[]>;
  readonly averages: Partial<Record<Average, Record<string, Value>>>;
  readonly 'tn fp fn tp': number[][];
  readonly accuracy: number;
  readonly hamming: number;
  readonly 'accurate rows': number;
  readonly zeroOne: number;
  readonly 'wrong rows': number;
  /** Absent for one column. */
  readonly matrices: number[][][] | null;
  readonly 'matrices of rows': number[][][] | null;
}

interface Reference {
  readonly cases: {
    readonly name: string;
    readonly plain: Values;
    readonly weighted: Values;
    readonly masked: Record<'rocAuc' | 'averagePrecision' | 'f1Score' | 'rocAuc, weighted', Value[]>;
  }[];
}

const cases = readCases();
const reference = readFixture<Reference>('weights.json').cases;

describe.each(['plain', 'weighted'] as const)('%s, metrics agree with scikit-learn to 1e-12', (way) => {
  for (const one of reference) {
    test(one.name, () => {
      const { yTrue, yScore, sampleWeight } = cases.get(one.name)!;
      const weights = way === 'weighted' ? { sampleWeight } : {};
      const decided = { ...weights, threshold: 0.5 };
      const expected = one[way];
      const noPositives = expected['tn fp fn tp'].every(([, , fn, tp]) => fn + tp === 0);
      for (const [average, value] of Object.entries(expected.rocAuc)) {
        // scikit-learn's weighted average is 0 where there is nothing to weigh by; ours is undefined.
        const wanted = average === 'weighted' && noPositives ? null : value;
        const actual = rocAucScore(yTrue, yScore, { ...weights, average: average as Average });
        expectClose(actual, wanted, 1e-12, `AUC ${average}`);
      }
      for (const [average, value] of Object.entries(expected.averagePrecision)) {
        const options = { ...weights, average: average as Average, undefined: 0 };
        expectClose(averagePrecisionScore(yTrue, yScore, options), value, 1e-12, `AP ${average}`);
      }
      const partial = rocAucScore(yTrue, yScore, { ...weights, average: 'none', maxFpr: 0.3 });
      expectClose(partial, expected['rocAuc up to .3'], 1e-12, 'partial AUC');
      for (const [name, values] of Object.entries(expected.ratios)) {
        const zeroDivision = UNDEFINED.has(name) ? {} : { zeroDivision: 0 };
        const actual = RATIOS[name](yTrue, yScore, { ...decided, ...zeroDivision, average: 'none' });
        expectClose(actual, values, 1e-12, name);
      }
      for (const [average, values] of Object.entries(expected.averages)) {
        for (const [name, value] of Object.entries(values)) {
          const options = { ...decided, zeroDivision: 0, average: average as Average };
          expectClose(RATIOS[name](yTrue, yScore, options), value, 1e-12, `${name} ${average}`);
        }
      }
      const { tn, fp, fn, tp } = confusionCounts(yTrue, yScore, decided);
      for (const [column, table] of expected['tn fp fn tp'].entries()) {
        const cells = [tn[column], fp[column], fn[column], tp[column]];
        expectClose(cells, table, 1e-12, `counts ${column}`);
      }
      expectClose(accuracyScore(yTrue, yScore, decided), expected.accuracy, 1e-12, 'accuracy');
      expectClose(hammingLoss(yTrue, yScore, decided), expected.hamming, 1e-12, 'hamming');
      expectClose(zeroOneLoss(yTrue, yScore, decided), expected.zeroOne, 1e-12, 'zero-one loss');
      const counted = { ...decided, normalize: false };
      expectClose(accuracyScore(yTrue, yScore, counted), expected['accurate rows'], 1e-12, 'accurate rows');
      expectClose(zeroOneLoss(yTrue, yScore, counted), expected['wrong rows'], 1e-12, 'wrong rows');
      for (const [samplewise, tables] of [
        [false, expected.matrices],
        [true, expected['matrices of rows']],
      ] as const) {
        if (tables === null) continue;
        const matrices = multilabelConfusionMatrix(yTrue, yScore, { ...decided, samplewise });
        expectClose(matrices.flat(2), tables.flat(2), 1e-12, samplewise ? 'tables of rows' : 'tables');
      }
    });
  }
});

describe('unknown labels are as if their rows were left out of their class, to 1e-12 of scikit-learn', () => {
  for (const { name, masked } of reference) {
    test(name, () => {
      const { yTrue, yScore, mask, sampleWeight } = cases.get(name)!;
      const options = { average: 'none', mask } as const;
      expectClose(rocAucScore(yTrue, yScore, options), masked.rocAuc, 1e-12, 'AUC');
      expectClose(
        averagePrecisionScore(yTrue, yScore, { ...options, undefined: 0 }),
        masked.averagePrecision,
        1e-12,
        'AP',
      );
      expectClose(
        f1Score(yTrue, yScore, { ...options, zeroDivision: 0, threshold: 0.5 }),
        masked.f1Score,
        1e-12,
        'F1',
      );
      expectClose(
        rocAucScore(yTrue, yScore, { ...options, sampleWeight }),
        masked['rocAuc, weighted'],
        1e-12,
        'weighted AUC',
      );
    });
  }
});
