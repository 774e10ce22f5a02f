import {
  brierScoreLoss,
  CalibrationAccumulator,
  calibrateScores,
  calibrationCurve,
  expectedCalibrationError,
  type FitThresholdsOptions,
  fitThresholds,
  LabelShapeError,
  LabelValueError,
  logLoss,
  maximumCalibrationError,
  plattScaling,
  rocAucScore,
  ScoreValueError,
  type SigmoidCalibration,
  type ThresholdObjective,
  temperatureScaling,
} from '@thawjs/metrics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../conformance/expect-close';
import { readCases, readFixture } from '../conformance/read-cases';

type Value = number | null;
type Losses = { logLoss: Value[]; brierScoreLoss: Value[] };
type Reliability = {
  shares: number[];
  means: number[];
  counts: number[];
  expected: number;
  maximum: number;
}[];
type Line = [slope: Value, intercept: Value];
type Scaling = { temperature: Line[]; 'pooled temperature': Line; platt: Line[] };

interface Reference {
  readonly cases: {
    readonly name: string;
    readonly plain: Losses;
    readonly weighted: Losses;
    readonly uniform: Reliability;
    readonly quantile: Reliability;
    readonly scaling?: Scaling;
    readonly 'weighted scaling'?: Scaling;
    readonly thresholds?: Record<string, [threshold: Value | 'Infinity', value: Value][]>;
  }[];
}

const cases = readCases();
const reference = readFixture<Reference>('probabilities.json').cases;

describe('losses and reliability curves agree with scikit-learn to 1e-12', () => {
  for (const { name, plain, weighted, uniform, quantile } of reference) {
    test(name, () => {
      const { yTrue, yScore, sampleWeight } = cases.get(name)!;
      for (const [values, options] of [
        [plain, {}],
        [weighted, { sampleWeight }],
      ] as const) {
        expectClose(
          logLoss(yTrue, yScore, { ...options, average: 'none' }),
          values.logLoss,
          1e-12,
          'log loss',
        );
        expectClose(
          brierScoreLoss(yTrue, yScore, { ...options, average: 'none' }),
          values.brierScoreLoss,
          1e-12,
          'Brier',
        );
      }
      for (const [classes, options] of [
        [uniform, { bins: 5 }],
        [quantile, { bins: 4, strategy: 'quantile' }],
      ] as const) {
        const curves = calibrationCurve(yTrue, yScore, options);
        for (const [column, expected] of classes.entries()) {
          const filled = curves[column].bins.filter(({ count }) => count > 0);
          const what = `${JSON.stringify(options)} ${column}`;
          expectClose(
            curves[column].bins.map(({ count }) => count),
            expected.counts,
            0,
            `${what} counts`,
          );
          expectClose(
            filled.map(({ positiveShare }) => positiveShare),
            expected.shares,
            1e-12,
            `${what} shares`,
          );
          expectClose(
            filled.map(({ meanScore }) => meanScore),
            expected.means,
            1e-12,
            `${what} means`,
          );
        }
        const none = { ...options, average: 'none' } as const;
        const expected = classes.map((one) => one.expected);
        const maximum = classes.map((one) => one.maximum);
        expectClose(expectedCalibrationError(yTrue, yScore, none), expected, 1e-12, 'ECE');
        expectClose(maximumCalibrationError(yTrue, yScore, none), maximum, 1e-12, 'MCE');
        const mean = expected.reduce((sum, value) => sum + value, 0) / expected.length;
        expectClose(expectedCalibrationError(yTrue, yScore, options), mean, 1e-12, 'macro ECE');
      }
    });
  }
});

describe('fitted calibrations agree with logistic regression to 1e-11', () => {
  for (const one of reference.filter(({ scaling }) => scaling !== undefined)) {
    test(one.name, () => {
      const { yTrue, yScore, sampleWeight } = cases.get(one.name)!;
      for (const [expected, weights] of [
        [one.scaling!, {}],
        [one['weighted scaling']!, { sampleWeight }],
      ] as const) {
        const options = { ...weights, from: 'probabilities' } as const;
        const check = ({ slopes, intercepts }: SigmoidCalibration, lines: Line[], what: string) => {
          const size = Math.max(1, ...lines.flat().map((value) => Math.abs(value ?? 0)));
          expectClose(
            slopes,
            lines.map(([slope]) => slope),
            1e-11 * size,
            `${what} slopes`,
          );
          expectClose(
            intercepts,
            lines.map(([, intercept]) => intercept),
            1e-11 * size,
            `${what} intercepts`,
          );
        };
        check(
          temperatureScaling(yTrue, yScore, options),
          [expected['pooled temperature']],
          'one temperature',
        );
        check(
          temperatureScaling(yTrue, yScore, { ...options, average: 'none' }),
          expected.temperature,
          'temperature',
        );
        check(plattScaling(yTrue, yScore, options), expected.platt, 'Platt');
      }
    });
  }
});

describe('fitted thresholds are those that trying every score finds', () => {
  for (const { name, thresholds = {} } of reference) {
    if (Object.keys(thresholds).length === 0) continue;
    test(name, () => {
      const { yTrue, yScore } = cases.get(name)!;
      const truth = Array.from(yTrue.data);
      for (const [key, expected] of Object.entries(thresholds)) {
        const [objective, first, second] = key.split(' ');
        const [one, other] = [Number(first), Number(second)];
        const fitted = fitThresholds(yTrue, yScore, {
          objective: objective as ThresholdObjective,
          ...(objective === 'cost'
            ? { falsePositiveCost: one, falseNegativeCost: other }
            : { beta: one, atLeast: other }),
        });
        for (const [column, [threshold, value]] of expected.entries()) {
          const own = truth.filter((_, at) => at % yTrue.shape[1] === column);
          // The reference looks only at classes with both kinds of label.
          if (new Set(own).size < 2) continue;
          expectClose(fitted.values[column], value, 1e-12, `${key} value of ${column}`);
          if (threshold === 'Infinity') expect(fitted.thresholds[column]).toBe(Number.POSITIVE_INFINITY);
          else expectClose(fitted.thresholds[column], threshold, 0, `${key} threshold of ${column}`);
        }
      }
    });
  }

  test('a class without positives costs least if nobody is predicted, and one without negatives if all are', () => {
    const { thresholds, values } = fitThresholds(
      [
        [0, 1],
        [0, 1],
      ],
      [
        [0.4, 0.2],
        [0.6, 0.9],
      ],
      { objective: 'cost' },
    );
    expect([...thresholds]).toEqual([Number.POSITIVE_INFINITY, 0.2]);
    expect([...values]).toEqual([0, 0]);
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, '1'])('refuses a cost of %s', (falsePositiveCost) => {
    const options = { objective: 'cost', falsePositiveCost } as FitThresholdsOptions;
    expect(() => fitThresholds([0, 1], [0, 1], options)).toThrow(/falsePositiveCost/);
  });

  test('and where nothing is defined or allowed the fallback stands, and the value is NaN', () => {
    const input = [
      [
        [0, 1],
        [0, 0],
      ],
      [
        [0.1, 0.2],
        [0.3, 0.9],
      ],
    ] as const;
    expect(fitThresholds(...input)).toEqual({
      thresholds: Float64Array.of(Number.NaN, 0.2),
      values: Float64Array.of(Number.NaN, 2 / 3),
    });
    const options = { objective: 'recall', atLeast: 0.9, fallback: 0.5 } as const;
    expect(fitThresholds(...input, options)).toEqual({
      thresholds: Float64Array.of(0.5, 0.5),
      values: Float64Array.of(Number.NaN, Number.NaN),
    });
  });
});

describe('losses of probabilities', () => {
  test('equal values worked by hand', () => {
    expect(logLoss([1, 0], [0.5, 0.5])).toBeCloseTo(Math.LN2, 15);
    expect(logLoss([1], [0], { epsilon: 0.25 })).toBe(Math.log(4));
    expect(brierScoreLoss([1, 0], [0.5, 1])).toBe((1 / 4 + 1) / 2);
    expect(expectedCalibrationError([0, 1, 1, 1], [0.25, 0.25, 0.75, 0.75], { bins: 2 })).toBe(1 / 4);
  });

  test('of all pairs weigh every class by its known labels', () => {
    const yTrue = [
      [1, 1],
      [1, 0],
    ];
    const yProb = [
      [0.5, 0.25],
      [0.5, 0.25],
    ];
    const mask = [
      [1, 1],
      [0, 1],
    ];
    const classes = brierScoreLoss(yTrue, yProb, { mask, average: 'none' });
    expect(Array.from(classes)).toEqual([1 / 4, (9 / 16 + 1 / 16) / 2]);
    expect(brierScoreLoss(yTrue, yProb, { mask, average: 'micro' })).toBeCloseTo((1 / 4 + 10 / 16) / 3, 15);
    expect(brierScoreLoss(yTrue, yProb, { mask, average: 'weighted' })).toBe((classes[0] + classes[1]) / 2);
  });

  test.each([
    ['logits', [0, 1], [-1, 3], ScoreValueError, 'received -1 at row 0, column 0. Are these logits?'],
    ['soft labels', [0, 0.5], [0.1, 0.9], LabelValueError, 'received 0.5 at row 1, column 0'],
  ])('refuse %s', (_, yTrue, yProb, kind, message) => {
    for (const compute of [
      logLoss,
      brierScoreLoss,
      expectedCalibrationError,
      maximumCalibrationError,
      calibrationCurve,
    ]) {
      expect(() => compute(yTrue, yProb), compute.name).toThrow(kind);
      expect(() => compute(yTrue, yProb), compute.name).toThrow(message);
    }
  });
});

describe('calibration', () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 64 }));
  const rows = fc.array(row, { minLength: 1, maxLength: 50 });

  test('in one pass is to the last bit that of accumulators', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (pairs, cut) => {
        const [labels, scores] = [pairs.map(([label]) => label), pairs.map(([, score]) => score / 64)];
        const at = cut % pairs.length;
        const accumulator = new CalibrationAccumulator({ bins: 7 });
        if (at > 0) accumulator.update(labels.slice(0, at), scores.slice(0, at));
        accumulator.update(labels.slice(at), scores.slice(at));
        expect(accumulator.result()).toEqual(calibrationCurve(labels, scores, { bins: 7 }));
      }),
    );
  });

  test('by temperature keeps every ranking, and never raises the loss that it was fitted on', () => {
    fc.assert(
      fc.property(rows, (pairs) => {
        const [labels, logits] = [pairs.map(([label]) => label), pairs.map(([, score]) => (score - 32) / 8)];
        fc.pre(new Set(labels).size === 2);
        const calibration = temperatureScaling(labels, logits);
        const { data } = calibrateScores(logits, calibration);
        const raw = calibrateScores(logits, { from: 'logits', slopes: [1], intercepts: [0] });
        expect(logLoss(labels, data)).toBeLessThanOrEqual(logLoss(labels, raw) + 1e-12);
        // Far slopes round neighbours to the same probability.
        if (calibration.slopes[0] > 0.01 && calibration.slopes[0] < 5)
          expect(rocAucScore(labels, data)).toBe(rocAucScore(labels, logits));
      }),
    );
  });

  test('of labels of one kind is NaN, and a metric refuses what it gives by name', () => {
    const calibration = plattScaling([1, 1], [0.5, 2]);
    expect(calibration.slopes).toEqual([Number.NaN]);
    expect(temperatureScaling([1, 1], [0.5, 2]).slopes).toEqual([Number.NaN]);
    expect(() => rocAucScore([0, 1], calibrateScores([1, 2], calibration))).toThrow(ScoreValueError);
  });

  test('finds no temperature beyond a thousandth and a thousand', () => {
    expect(temperatureScaling([0, 1], [-1, 1]).slopes).toEqual([1000]);
    expect(temperatureScaling([0, 1], [1, -1]).slopes).toEqual([1 / 1000]);
  });

  test('is refused for scores of other classes', () => {
    const calibration = plattScaling(
      [
        [0, 1],
        [1, 0],
      ],
      [
        [0, 1],
        [1, 0],
      ],
    );
    expect(() => calibrateScores([[1, 2, 3]], calibration)).toThrow(LabelShapeError);
  });
});
