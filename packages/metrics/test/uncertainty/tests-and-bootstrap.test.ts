import {
  averagePrecisionScore,
  type BootstrapMetric,
  bootstrap,
  delongTest,
  f1Score,
  hammingLoss,
  LabelShapeError,
  labelRankingLoss,
  type MatrixInput,
  mcnemarTest,
  OptionValueError,
  rocAucInterval,
  rocAucScore,
} from '@thawjs/metrics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { erfc } from '../../src/uncertainty/erfc';
import { intervalsOf } from '../../src/uncertainty/intervals-of';
import { randomIntegers } from '../../src/uncertainty/random-integers';
import { expectClose } from '../conformance/expect-close';
import { readCases, readFixture } from '../conformance/read-cases';

const fixture = readFixture<{
  delong: { yTrue: number[]; yScore: number[]; variance: number | null }[];
  delongTests: { yTrue: number[]; a: number[]; b: number[]; 'level .9': number[] }[];
  mcnemar: [
    onlyA: number,
    onlyB: number,
    exact: number,
    chi: number,
    p: number,
    plainChi: number,
    plainP: number,
  ][];
  erfc: [x: number, value: number][];
  'quantiles of resamples': [values: number[], level: number, low: number, high: number, deviation: number][];
}>('intervals.json');

describe('erfc', () => {
  test.each(fixture.erfc)("of %d is SciPy's", (x, value) => {
    expectClose(erfc(x), value, Math.max(1e-13 * value, 3e-16), 'erfc');
  });
});

describe("DeLong's interval and test", () => {
  test.each(fixture.delong)(
    'have the variance of all pairs compared, sample $#',
    ({ yTrue, yScore, variance }) => {
      const { auc, standardError, low, high } = rocAucInterval(yTrue, yScore);
      expectClose(standardError, [variance === null ? null : Math.sqrt(variance)], 1e-12, 'standard error');
      expectClose(auc, [rocAucScore(yTrue, yScore)], 1e-12, 'AUC');
      if (variance === null) expect([low[0], high[0]]).toEqual([Number.NaN, Number.NaN]);
    },
  );

  test.each(fixture.delongTests)('are those of the covariance of all pairs, sample $#', (sample) => {
    const { yTrue, a, b } = sample;
    const test = delongTest(yTrue, a, b, { confidence: 0.9 });
    const { difference, standardError, low, high, z, pValue } = test;
    const all = [test.a, test.b, difference, standardError, low, high, z, pValue].map((values) => values[0]);
    expectClose(all, sample['level .9'], 1e-12, 'DeLong');
  });

  test('see no difference between models that rank alike', () => {
    const { difference, pValue } = delongTest([0, 0, 1, 1], [1, 3, 2, 4], [0.1, 0.3, 0.2, 0.4]);
    expect([difference[0], pValue[0]]).toEqual([0, 1]);
  });

  test('know unknown labels, and need both models to be of one shape', () => {
    const yTrue = [0, 0, 1, 1, -1];
    const [a, b] = [
      [0.1, 0.4, 0.3, 0.9, 7],
      [0.5, 0.2, 0.3, 0.4, -7],
    ];
    const known = delongTest(yTrue.slice(0, 4), a.slice(0, 4), b.slice(0, 4));
    expect(delongTest(yTrue, a, b, { ignoreValue: -1 })).toEqual(known);
    expect(() => delongTest(yTrue, a, b.slice(1), { ignoreValue: -1 })).toThrow(LabelShapeError);
  });
});

describe("McNemar's test", () => {
  test.each(fixture.mcnemar)(
    "of %d against %d is SciPy's",
    (onlyA, onlyB, exact, chi, p, plainChi, plainP) => {
      // All positive, so that a decision is right where it is 1; ten rows on which both are.
      const a = [...Array(10).fill(1), ...Array(onlyA).fill(1), ...Array(onlyB).fill(0)];
      const b = [...Array(10).fill(1), ...Array(onlyA).fill(0), ...Array(onlyB).fill(1)];
      const yTrue = a.map(() => 1);
      const test = mcnemarTest(yTrue, a, b);
      expect([test.onlyA[0], test.onlyB[0]]).toEqual([onlyA, onlyB]);
      expectClose(test.pValue, [exact], 1e-12, 'exact');
      const corrected = mcnemarTest(yTrue, a, b, { exact: false });
      expectClose([corrected.statistic[0], corrected.pValue[0]], [chi, p], 1e-12, 'corrected');
      const plain = mcnemarTest(yTrue, a, b, { exact: false, correction: false });
      expectClose([plain.statistic[0], plain.pValue[0]], [plainChi, plainP], 1e-12, 'plain');
    },
  );

  test('counts each class by itself, known labels only', () => {
    const yTrue = [
      [1, 0],
      [0, 1],
    ];
    const a = [
      [0.9, 0.9],
      [0.1, 0.1],
    ];
    const b = [
      [0.1, 0.1],
      [0.1, 0.9],
    ];
    const { onlyA, onlyB } = mcnemarTest(yTrue, a, b);
    expect([onlyA, onlyB]).toEqual([Float64Array.of(1, 0), Float64Array.of(0, 2)]);
    const mask = [
      [1, 0],
      [1, 1],
    ];
    expect(mcnemarTest(yTrue, a, b, { mask }).onlyB).toEqual(Float64Array.of(0, 1));
  });
});

/** All values of a matrix in one array. */
function dataOf(matrix: MatrixInput): number[] {
  return 'data' in matrix ? Array.from(matrix.data, Number) : (matrix as number[][]).flat();
}

describe('bootstrap', () => {
  /** The same metric as a stranger to the short cut: it is computed anew of every resample. */
  const anew =
    <V extends number | Float64Array>(metric: BootstrapMetric<V>): BootstrapMetric<V> =>
    (yTrue, yScore, options) =>
      metric(yTrue, yScore, options);

  describe.each([
    ['rocAucScore', rocAucScore],
    ['averagePrecisionScore', averagePrecisionScore],
  ] as const)('of %s, sorted once and counted, is that of the rows drawn', (_, metric) => {
    for (const [name, { yTrue, yScore, mask, columns }] of readCases()) {
      if (columns > 5) continue;
      test(name, () => {
        for (const average of ['none', 'macro', 'micro', 'weighted'] as const) {
          for (const known of [{}, { mask }]) {
            const options = {
              resamples: 7,
              seed: 3,
              metricOptions: { average, undefined: 'skip', ...known },
            } as const;
            const counted = bootstrap(metric as BootstrapMetric<number>, yTrue, yScore, options);
            const computed = bootstrap(anew(metric as BootstrapMetric<number>), yTrue, yScore, options);
            expectClose(
              counted.distribution.data,
              Array.from(computed.distribution.data, (value) => (Number.isNaN(value) ? null : value)),
              1e-12,
              average,
            );
          }
        }
      });
    }
  });

  test.each(fixture['quantiles of resamples'])(
    "has NumPy's quantiles, sample $#",
    (values, confidence, low, high, deviation) => {
      const found = intervalsOf(0.5, Float64Array.from(values), { confidence });
      expectClose([found.low, found.high, found.standardError], [low, high, deviation], 1e-12, 'interval');
      const mirrored = intervalsOf(0.5, Float64Array.from(values), { confidence, method: 'basic' });
      expectClose([mirrored.low, mirrored.high], [1 - high, 1 - low], 1e-12, 'basic');
    },
  );

  const yTrue = [
    [1, 0],
    [0, 1],
    [1, 1],
    [0, 0],
    [1, 0],
    [0, 1],
  ];
  const yScore = [
    [0.9, 0.3],
    [0.6, 0.4],
    [0.5, 0.8],
    [0.2, 0.7],
    [0.4, 0.1],
    [0.3, 0.6],
  ];

  test('repeats with its seed and differs with another', () => {
    const options = { resamples: 50, metricOptions: { undefined: 'skip' } } as const;
    const one = bootstrap(rocAucScore, yTrue, yScore, { ...options, seed: 1 });
    expect(bootstrap(rocAucScore, yTrue, yScore, { ...options, seed: 1 })).toEqual(one);
    expect(bootstrap(rocAucScore, yTrue, yScore, { ...options, seed: 2 }).distribution).not.toEqual(
      one.distribution,
    );
  });

  test('gives one interval a class for a metric that gives one a class', () => {
    const perClass = bootstrap(
      (...input) => f1Score(input[0], input[1], { ...input[2], average: 'none' }),
      yTrue,
      yScore,
      {
        resamples: 200,
      },
    );
    expect(perClass.estimate).toEqual(f1Score(yTrue, yScore, { average: 'none' }));
    for (const column of [0, 1]) {
      expect(perClass.low[column]).toBeLessThanOrEqual(perClass.estimate[column]);
      expect(perClass.high[column]).toBeGreaterThanOrEqual(perClass.estimate[column]);
    }
    expect(perClass.distribution.shape).toEqual([200, 2]);
  });

  test('keeps the numbers of each stratum', () => {
    const strata = yTrue.map(([label]) => label);
    const positives = (truth: MatrixInput) =>
      dataOf(truth)
        .filter((_, cell) => cell % 2 === 0)
        .reduce((sum, label) => sum + label, 0);
    const { distribution, undefinedResamples } = bootstrap(positives, yTrue, yScore, {
      stratify: strata,
      resamples: 40,
    });
    expect(new Set(Array.from(distribution.data))).toEqual(new Set([3]));
    expect(undefinedResamples).toBe(0);
  });

  test('leaves out and counts resamples for which the metric is undefined', () => {
    const labels = [1, 0, 0];
    const { undefinedResamples, low, distribution } = bootstrap(rocAucScore, labels, [0.9, 0.5, 0.1], {
      resamples: 200,
    });
    const undefinedOnes = Array.from(distribution.data).filter(Number.isNaN).length;
    expect(undefinedResamples).toBe(undefinedOnes);
    expect(undefinedOnes).toBeGreaterThan(0);
    expect(low).toBe(1);
  });

  test('carries weights along with their rows', () => {
    const sampleWeight = [1, 2, 3, 4, 5, 6];
    const { distribution } = bootstrap(
      (_, scores, { sampleWeight: drawn }) => {
        const cells = dataOf(scores);
        return Number(Array.from(drawn!).every((weight, row) => yScore[weight - 1][0] === cells[2 * row]));
      },
      yTrue,
      yScore,
      { resamples: 20, metricOptions: { sampleWeight } },
    );
    expect(new Set(Array.from(distribution.data))).toEqual(new Set([1]));
  });

  test('takes a resample of rows without weight for undefined', () => {
    const options = { resamples: 200, metricOptions: { sampleWeight: [1, 0, 0] } };
    const { undefinedResamples } = bootstrap(hammingLoss, [1, 0, 0], [0.9, 0.1, 0.2], options);
    // (2/3)³ of them.
    expect(undefinedResamples).toBeGreaterThan(30);
    expect(undefinedResamples).toBeLessThan(100);
  });

  test('takes measures of rows, too', () => {
    const { estimate, low, high } = bootstrap(labelRankingLoss, yTrue, yScore, { resamples: 100 });
    expect(estimate).toBe(labelRankingLoss(yTrue, yScore));
    expect(low).toBeLessThan(high);
  });

  test.each([{ resamples: 1 }, { confidence: 1 }, { seed: -1 }, { seed: 0.5 }])('refuses %o', (options) => {
    expect(() => bootstrap(rocAucScore, yTrue, yScore, options)).toThrow(OptionValueError);
  });

  test('refuses strata of another number of rows', () => {
    expect(() => bootstrap(rocAucScore, yTrue, yScore, { stratify: [1] })).toThrow(
      'bootstrap: expected 6 entries in stratify, one a row; received 1.',
    );
  });

  test('draws every row equally often, below any bound', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 50 }), (seed, bound) => {
        const random = randomIntegers(seed);
        const counts = new Float64Array(bound);
        for (let draw = 0; draw < 200 * bound; draw++) counts[random(bound)]++;
        // Six standard deviations of a binomial of mean 200.
        expect(Math.min(...counts)).toBeGreaterThan(200 - 6 * Math.sqrt(200));
        expect(Math.max(...counts)).toBeLessThan(200 + 6 * Math.sqrt(200));
      }),
      { numRuns: 30 },
    );
  });
});
