import {
  accuracyScore,
  averagePrecisionScore,
  balancedAccuracyScore,
  brierScoreLoss,
  calibrationCurve,
  classificationReport,
  cohenKappaScore,
  confusionCounts,
  coverageError,
  detCurve,
  expectedCalibrationError,
  f1Score,
  fbetaScore,
  fitThresholds,
  hammingLoss,
  type InputOptions,
  jaccardScore,
  kerasAuc,
  labelRankingAveragePrecisionScore,
  labelRankingLoss,
  logLoss,
  type MatrixInput,
  matthewsCorrcoef,
  maximumCalibrationError,
  multilabelConfusionMatrix,
  ndcgScore,
  negativePredictiveValue,
  oneError,
  precisionAtK,
  precisionRecallCurve,
  precisionRecallFscoreSupport,
  precisionScore,
  recallAtK,
  recallScore,
  rocAucScore,
  rocCurve,
  specificity,
  zeroOneLoss,
} from '@thawjs/metrics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

type Metric = (yTrue: MatrixInput, yScore: MatrixInput, options?: InputOptions) => unknown;

const averaged =
  (metric: (yTrue: MatrixInput, yScore: MatrixInput, options: object) => unknown): Metric =>
  (yTrue, yScore, options) =>
    (['none', 'macro', 'micro', 'weighted', 'samples'] as const).map((average) =>
      metric(yTrue, yScore, { ...options, average, undefined: 0.25 }),
    );

const METRICS: Record<string, Metric> = {
  accuracyScore,
  'accuracyScore, rows': (...input) => accuracyScore(input[0], input[1], { ...input[2], normalize: false }),
  averagePrecisionScore: averaged(averagePrecisionScore),
  balancedAccuracyScore: averaged(balancedAccuracyScore),
  brierScoreLoss,
  calibrationCurve: (yTrue, yScore, options) => calibrationCurve(yTrue, yScore, { ...options, bins: 4 }),
  classificationReport: (...input) => JSON.parse(JSON.stringify(classificationReport(...input))),
  cohenKappaScore: averaged(cohenKappaScore),
  confusionCounts,
  coverageError,
  detCurve,
  expectedCalibrationError,
  f1Score: averaged(f1Score),
  fbetaScore: averaged(fbetaScore),
  fitThresholds,
  hammingLoss,
  jaccardScore: averaged(jaccardScore),
  kerasAuc,
  labelRankingAveragePrecisionScore,
  labelRankingLoss,
  logLoss,
  matthewsCorrcoef: averaged(matthewsCorrcoef),
  maximumCalibrationError,
  multilabelConfusionMatrix,
  ndcgScore,
  negativePredictiveValue: averaged(negativePredictiveValue),
  oneError,
  precisionAtK: (yTrue, yScore, options) => precisionAtK(yTrue, yScore, { ...options, k: 2 }),
  precisionRecallCurve,
  precisionRecallFscoreSupport,
  precisionScore: averaged(precisionScore),
  recallAtK: (yTrue, yScore, options) => recallAtK(yTrue, yScore, { ...options, k: 2 }),
  recallScore: averaged(recallScore),
  rocAucScore: averaged(rocAucScore),
  rocCurve,
  specificity: averaged(specificity),
  zeroOneLoss,
};

/** A row of three labels, three scores of few values, a weight and which labels are known. */
const bit = fc.integer({ min: 0, max: 1 });
const row = fc.record({
  labels: fc.tuple(bit, bit, bit),
  scores: fc.array(
    fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8),
    { minLength: 3, maxLength: 3 },
  ),
  weight: fc.integer({ min: 0, max: 3 }),
  known: fc.tuple(bit, bit, bit),
});
const someRows = fc
  .array(row, { minLength: 1, maxLength: 12 })
  .filter((rows) => rows.some(({ weight }) => weight > 0));
type Row = typeof row extends fc.Arbitrary<infer R> ? R : never;

const labelsOf = (rows: readonly Row[]) => rows.map(({ labels }) => labels);
const scoresOf = (rows: readonly Row[]) => rows.map(({ scores }) => scores);
const maskOf = (rows: readonly Row[]) => rows.map(({ known }) => known);

/** Equal to 1e-12 all the way down, NaN to NaN and infinity to infinity. */
function expectAlike(actual: unknown, expected: unknown, what: string): void {
  if (typeof expected === 'number' && typeof actual === 'number') {
    if (!Number.isFinite(expected)) expect(actual, what).toBe(expected);
    else expect(Math.abs(actual - expected), `${what}: ${actual} for ${expected}`).toBeLessThanOrEqual(1e-12);
    return;
  }
  if (typeof expected !== 'object' || expected === null) {
    expect(actual, what).toEqual(expected);
    return;
  }
  const [ours, theirs] = [actual as Record<string, unknown>, expected as Record<string, unknown>];
  expect(Object.keys(ours), what).toEqual(Object.keys(theirs));
  for (const key of Object.keys(theirs)) expectAlike(ours[key], theirs[key], `${what}.${key}`);
}

describe.each(Object.entries(METRICS))('%s', (name, compute) => {
  test('takes a weight of n as n rows, and of 0 as none', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const repeated = rows.flatMap((one) => Array<Row>(one.weight).fill(one));
        const sampleWeight = rows.map(({ weight }) => weight);
        const weighted = compute(labelsOf(rows), scoresOf(rows), { sampleWeight });
        expectAlike(weighted, compute(labelsOf(repeated), scoresOf(repeated)), name);
      }),
      { numRuns: 40 },
    );
  });

  test('takes weights and unknown labels together', () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const repeated = rows.flatMap((one) => Array<Row>(one.weight).fill(one));
        const sampleWeight = rows.map(({ weight }) => weight);
        const weighted = compute(labelsOf(rows), scoresOf(rows), { sampleWeight, mask: maskOf(rows) });
        expectAlike(
          weighted,
          compute(labelsOf(repeated), scoresOf(repeated), { mask: maskOf(repeated) }),
          name,
        );
      }),
      { numRuns: 40 },
    );
  });

  test('takes a row of which nothing is known as no row', () => {
    fc.assert(
      fc.property(someRows, row, (rows, stranger) => {
        const all = [...rows, stranger];
        const mask = [...rows.map(() => [1, 1, 1]), [0, 0, 0]];
        const masked = compute(labelsOf(all), scoresOf(all), { mask });
        expectAlike(masked, compute(labelsOf(rows), scoresOf(rows)), name);
      }),
      { numRuns: 40 },
    );
  });

  test('takes a value that says unknown as a mask, be it NaN, and labels of −1 and 1 where told', () => {
    fc.assert(
      fc.property(someRows, fc.constantFrom(-1, 2, Number.NaN), (rows, ignoreValue) => {
        const scores = scoresOf(rows);
        const masked = compute(labelsOf(rows), scores, { mask: maskOf(rows) });
        const withUnknown = rows.map(({ labels, known }) =>
          labels.map((label, at) => (known[at] === 1 ? label : ignoreValue)),
        );
        expectAlike(compute(withUnknown, scores, { ignoreValue }), masked, name);
        const signs = rows.map(({ labels, known }) =>
          labels.map((label, at) => (known[at] === 1 ? 2 * label - 1 : 0)),
        );
        expectAlike(compute(signs, scores, { coding: '-1/1', ignoreValue: 0 }), masked, name);
      }),
      { numRuns: 40 },
    );
  });

  test('takes anything for the label and the score of an unknown cell', () => {
    const anything = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -3, 7);
    fc.assert(
      fc.property(someRows, anything, anything, (rows, label, score) => {
        const mask = maskOf(rows);
        const put = (matrix: number[][], value: number) =>
          matrix.map((cells, at) => cells.map((cell, column) => (mask[at][column] === 1 ? cell : value)));
        const scores = put(scoresOf(rows), score);
        const expected = compute(labelsOf(rows), scoresOf(rows), { mask });
        expectAlike(compute(put(labelsOf(rows), label), scores, { mask }), expected, name);
        const single = { data: Float32Array.from(scores.flat()), shape: [rows.length, 3] };
        expectAlike(compute(put(labelsOf(rows), label), single, { mask }), expected, name);
        expect([...single.data]).toEqual(scores.flat());
      }),
      { numRuns: 40 },
    );
  });

  test("doesn't depend on the order of the rows", () => {
    fc.assert(
      fc.property(someRows, fc.nat(), (rows, shift) => {
        const turned = rows.map((_, at) => rows[(at + shift) % rows.length]);
        const options = (some: readonly Row[]) => ({
          sampleWeight: some.map(({ weight }) => weight),
          mask: maskOf(some),
        });
        expectAlike(
          compute(labelsOf(turned), scoresOf(turned), options(turned)),
          compute(labelsOf(rows), scoresOf(rows), options(rows)),
          name,
        );
      }),
      { numRuns: 40 },
    );
  });
});
