import {
  coverageError,
  type InputOptions,
  labelRankingAveragePrecisionScore,
  labelRankingLoss,
  type MatrixInput,
  ndcgScore,
  OptionValueError,
  oneError,
  precisionAtK,
  recallAtK,
} from '@thawjs/metrics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../conformance/expect-close';
import { readCases, readFixture } from '../conformance/read-cases';

type Values = Record<string, number | null>;
type Call = (yTrue: MatrixInput, yScore: MatrixInput, options: InputOptions & { k?: number }) => number;

/** By name, peers' 0 for a row without positives where ours would be undefined. */
const METRICS: Record<string, Call> = {
  coverageError,
  labelRankingAveragePrecisionScore,
  labelRankingLoss,
  oneError,
  precisionAtK: (yTrue, yScore, options) => precisionAtK(yTrue, yScore, { k: 1, ...options }),
  ndcgScore: (yTrue, yScore, options) => ndcgScore(yTrue, yScore, { ...options, undefined: 0 }),
  recallAtK: (yTrue, yScore, options) => recallAtK(yTrue, yScore, { k: 1, ...options, undefined: 0 }),
};

describe("the measures of each row's ranking agree with scikit-learn and the definitions to 1e-12", () => {
  const cases = readCases();
  const fixture = readFixture<{ cases: { name: string; plain: Values; weighted: Values }[] }>('ranking.json');
  for (const { name, plain, weighted } of fixture.cases) {
    test(name, () => {
      const { yTrue, yScore, sampleWeight } = cases.get(name)!;
      for (const [values, options] of [
        [plain, {}],
        [weighted, { sampleWeight }],
      ] as const) {
        for (const [key, expected] of Object.entries(values)) {
          const [metric, k] = key.split(' ');
          const actual = METRICS[metric](
            yTrue,
            yScore,
            k === undefined ? options : { ...options, k: Number(k) },
          );
          expectClose(actual, expected, 1e-12, key);
        }
      }
    });
  }
});

describe("the measures of each row's ranking", () => {
  const yTrue = [
    [1, 0, 0],
    [0, 0, 1],
  ];
  const yScore = [
    [0.75, 0.5, 1],
    [1, 0.2, 0.1],
  ];

  test('equal exact fractions worked by hand', () => {
    expect(coverageError(yTrue, yScore)).toBe(5 / 2);
    expect(labelRankingAveragePrecisionScore(yTrue, yScore)).toBe((1 / 2 + 1 / 3) / 2);
    expect(labelRankingLoss(yTrue, yScore)).toBe((1 / 2 + 1) / 2);
    expect(oneError(yTrue, yScore)).toBe(1);
    expect(precisionAtK(yTrue, yScore, { k: 2 })).toBe(1 / 4);
    expect(recallAtK(yTrue, yScore, { k: 2 })).toBe(1 / 2);
    expect(ndcgScore(yTrue, yScore)).toBeCloseTo((1 / Math.log2(3) + 1 / 2) / 2, 15);
  });

  test('say what a row without positives is', () => {
    const none = [[0, 0]];
    const scores = [[0.2, 0.1]];
    expect(coverageError(none, scores)).toBe(0);
    expect(labelRankingAveragePrecisionScore(none, scores)).toBe(1);
    expect(labelRankingLoss(none, scores)).toBe(0);
    expect(oneError(none, scores)).toBe(1);
    expect(precisionAtK(none, scores, { k: 1 })).toBe(0);
    expect(recallAtK(none, scores, { k: 1 })).toBeNaN();
    expect(ndcgScore(none, scores)).toBeNaN();
    const mixed = [...none, [1, 0]];
    expect(recallAtK(mixed, [...scores, [2, 1]], { k: 1 })).toBeNaN();
    expect(recallAtK(mixed, [...scores, [2, 1]], { k: 1, undefined: 'skip' })).toBe(1);
    expect(ndcgScore(mixed, [...scores, [2, 1]], { undefined: 0 })).toBe(1 / 2);
  });

  test('rank only what is known, and leave out a row of which nothing is', () => {
    const truth = [
      [1, 0, 0],
      [0, 1, 0],
      [1, 1, 1],
    ];
    const scores = [
      [0.5, 0.9, 0.1],
      [0.4, 0.3, 0.2],
      [0.1, 0.2, 0.3],
    ];
    const mask = [
      [1, 0, 1],
      [1, 1, 1],
      [0, 0, 0],
    ];
    expect(coverageError(truth, scores, { mask })).toBe((1 + 2) / 2);
    expect(labelRankingLoss(truth, scores, { mask })).toBe((0 + 1 / 2) / 2);
    expect(oneError(truth, scores, { mask })).toBe(1 / 2);
  });

  test.each([0, 4, 1.5, Number.NaN])('refuse k = %s of three classes', (k) => {
    expect(() => precisionAtK(yTrue, yScore, { k })).toThrow(OptionValueError);
    expect(() => recallAtK(yTrue, yScore, { k })).toThrow(OptionValueError);
    expect(() => ndcgScore(yTrue, yScore, { k })).toThrow(OptionValueError);
  });

  test('need a k where there is no natural one', () => {
    expect(() => precisionAtK(yTrue, yScore, {} as { k: number })).toThrow(
      'precisionAtK: expected k to be an integer from 1 to 3, as there are 3 classes; received undefined.',
    );
  });

  /** Rows of up to 200 labels, so that both ways of counting are taken, with many ties. */
  const matrix = fc
    .record({ columns: fc.constantFrom(2, 5, 70, 200), rows: fc.integer({ min: 1, max: 4 }), seed: fc.nat() })
    .map(({ columns, rows, seed }) => {
      let state = (seed % 2147483646) + 1;
      const next = () => (state = (state * 48271) % 2147483647);
      const rowsOf = (cell: () => number) =>
        Array.from({ length: rows }, () => Array.from({ length: columns }, cell));
      return { truth: rowsOf(() => next() % 2), scores: rowsOf(() => (next() % 97) / 16), columns };
    });

  test('count pairs as the definition does, in rows of any length', () => {
    fc.assert(
      fc.property(matrix, ({ truth, scores }) => {
        const losses = truth.map((labels, row) => {
          const positives = labels.flatMap((label, at) => (label === 1 ? [scores[row][at]] : []));
          const negatives = labels.flatMap((label, at) => (label === 0 ? [scores[row][at]] : []));
          const wrong = positives.reduce(
            (sum, one) => sum + negatives.filter((other) => one <= other).length,
            0,
          );
          return positives.length === 0 || negatives.length === 0
            ? 0
            : wrong / (positives.length * negatives.length);
        });
        const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
        expect(labelRankingLoss(truth, scores)).toBeCloseTo(mean, 12);
      }),
    );
  });

  test("don't depend on the order of columns or rows, nor on strictly increasing maps", () => {
    fc.assert(
      fc.property(matrix, fc.nat(), ({ truth, scores, columns }, shift) => {
        const turn = <T>(row: T[]) => row.map((_, at) => row[(at + shift) % row.length]!);
        for (const [name, compute] of Object.entries(METRICS)) {
          const options = name.endsWith('K') || name === 'ndcgScore' ? { k: Math.ceil(columns / 3) } : {};
          const value = compute(truth, scores, options);
          expect(compute(truth.map(turn), scores.map(turn), options), name).toBeCloseTo(value, 12);
          expect(compute(turn(truth), turn(scores), options), name).toBeCloseTo(value, 12);
          const mapped = scores.map((row) => row.map((score) => 3 * score ** 3 - 7));
          expect(compute(truth, mapped, options), name).toBeCloseTo(value, 12);
        }
      }),
    );
  });

  test('one-error is 1 − precision at 1, and recall of all is 1', () => {
    fc.assert(
      fc.property(matrix, ({ truth, scores, columns }) => {
        expect(oneError(truth, scores)).toBeCloseTo(1 - precisionAtK(truth, scores, { k: 1 }), 12);
        expect(recallAtK(truth, scores, { k: columns, undefined: 1 })).toBeCloseTo(1, 12);
      }),
    );
  });
});
