import {
  accuracyScore,
  averagePrecisionScore,
  balancedAccuracyScore,
  bootstrap,
  ConfusionCountsAccumulator,
  classificationReport,
  cohenKappaScore,
  confusionCounts,
  EmptyInputError,
  f1Score,
  fbetaScore,
  fitThresholds,
  hammingLoss,
  jaccardScore,
  kerasAuc,
  LabelShapeError,
  LabelValueError,
  type MatrixInput,
  matthewsCorrcoef,
  mcnemarTest,
  negativePredictiveValue,
  OptionValueError,
  precisionRecallFscoreSupport,
  precisionScore,
  recallScore,
  reportByGroup,
  rocAucScore,
  SampleWeightError,
  ScoreValueError,
  specificity,
} from '@thawjs/metrics';
import { describe, expect, test } from 'vitest';

const yTrue = [
  [0, 1],
  [1, 0],
  [1, 1],
];
const yScore = [
  [0.25, 0.5],
  [0.75, 0.5],
  [0.125, 1],
];
const flatTrue = yTrue.flat();
const flatScore = yScore.flat();
const shape = [3, 2];

const METRICS: Record<string, (yTrue: MatrixInput, yScore: MatrixInput, options?: object) => unknown> = {
  accuracyScore,
  averagePrecisionScore,
  classificationReport,
  confusionCounts,
  f1Score,
  hammingLoss,
  kerasAuc,
  precisionRecallFscoreSupport,
  precisionScore,
  recallScore,
  rocAucScore,
};

describe('labels and scores are the same to every metric', () => {
  const forms: [name: string, labels: MatrixInput, scores: MatrixInput, options?: { labels: string[] }][] = [
    ['as matrices', { data: flatTrue, shape }, { data: Float32Array.from(flatScore), shape }],
    [
      'as Uint8Array and Float64Array',
      { data: Uint8Array.from(flatTrue), shape },
      { data: Float64Array.from(flatScore), shape },
    ],
    [
      'as rows of typed arrays',
      yTrue.map((row) => Uint8Array.from(row)),
      yScore.map((row) => Float32Array.from(row)),
    ],
    [
      'as anything with dataSync',
      { shape, dataSync: () => Int32Array.from(flatTrue) },
      { shape, dataSync: () => Float32Array.from(flatScore) },
    ],
    [
      'as booleans, the labels',
      yTrue.map((row) => row.map((label) => label === 1)),
      { data: Float32Array.from(flatScore), shape },
    ],
    ['as flat booleans, the labels', flatTrue.map((label) => label === 1), { data: flatScore, shape }],
    [
      'with flat labels beside a matrix',
      Uint8Array.from(flatTrue),
      { data: Float32Array.from(flatScore), shape },
    ],
    ['with flat scores beside rows', yTrue, Float32Array.from(flatScore)],
    ['flat on both sides, the columns given by names', flatTrue, flatScore, { labels: ['a', 'b'] }],
  ];
  for (const [name, labels, scores, options = { labels: ['a', 'b'] }] of forms) {
    test(name, () => {
      for (const [metric, compute] of Object.entries(METRICS)) {
        const reference = compute(yTrue, yScore, options);
        expect(compute(labels, scores, options), metric).toEqual(reference);
      }
    });
  }

  test('as a vector, a one-column matrix or shape [n] in the binary case', () => {
    const expected = rocAucScore([0, 1, 1], [0.1, 0.2, 0.05]);
    expect(expected).toBe(0.5);
    expect(rocAucScore([[0], [1], [1]], [0.1, 0.2, 0.05])).toBe(expected);
    expect(rocAucScore({ data: [0, 1, 1], shape: [3] }, { data: [0.1, 0.2, 0.05], shape: [3, 1] })).toBe(
      expected,
    );
  });

  test('and left as they came', () => {
    const labels = Object.freeze(flatTrue.slice());
    const scores = Float32Array.from(flatScore);
    classificationReport({ data: labels, shape }, { data: scores, shape });
    expect(Array.from(scores)).toEqual(flatScore);
  });
});

describe('a threshold that was not given', () => {
  const logits = [
    [-0.5, 2.5],
    [1.5, 0.25],
    [0.5, 1],
  ];
  const decided: Record<string, (yTrue: MatrixInput, yScore: MatrixInput, options: object) => unknown> = {
    accuracyScore,
    balancedAccuracyScore,
    classificationReport,
    cohenKappaScore,
    confusionCounts,
    f1Score,
    fbetaScore: (truth, scores, options) => fbetaScore(truth, scores, { beta: 2, ...options }),
    hammingLoss,
    jaccardScore,
    matthewsCorrcoef,
    mcnemarTest: (truth, scores, options) => mcnemarTest(truth, yScore, scores, options),
    negativePredictiveValue,
    precisionRecallFscoreSupport,
    precisionScore,
    recallScore,
    reportByGroup: (truth, scores, options) => reportByGroup(truth, scores, [0, 0, 1], options),
    specificity,
    ConfusionCountsAccumulator: (truth, scores, options) =>
      new ConfusionCountsAccumulator(options).update(truth, scores),
    bootstrap: (truth, scores, options) =>
      bootstrap(f1Score, truth, scores, { metricOptions: { ...options }, resamples: 2 }),
  };

  test.each(Object.entries(decided))('%s asks whether scores outside [0, 1] are logits', (_, compute) => {
    const options = { labels: ['Smiling', 'Bald'] };
    expect(() => compute(yTrue, logits, options)).toThrow(
      /expected scores in \[0, 1\], .* received -0\.5 at row 0, column 0 \(Smiling\)\. Are these logits\?/,
    );
    expect(() => compute(yTrue, logits, options)).toThrow(ScoreValueError);
    expect(() => compute(yTrue, logits, { ...options, comparison: '>' })).toThrow(ScoreValueError);
    expect(() => compute(yTrue, logits, { ...options, threshold: 0 })).not.toThrow();
    expect(() => compute(yTrue, logits, { ...options, threshold: [0.5, 0.5] })).not.toThrow();
    expect(() => compute(yTrue, yTrue, options)).not.toThrow();
  });

  test('takes probabilities that are outside by rounding alone', () => {
    expect(accuracyScore([0, 1], [-1e-9, 1 + 2 ** -23])).toBe(1);
    expect(accuracyScore([0, 1], Float32Array.of(-1e-9, 1 + 2 ** -23))).toBe(1);
    expect(() => accuracyScore([0, 1], Float32Array.of(0, 1.001))).toThrow(ScoreValueError);
  });

  test('does not matter where no threshold is used', () => {
    expect(rocAucScore(yTrue, logits, { average: 'none' })).toHaveLength(2);
  });
});

describe('booleans', () => {
  const predicted = yScore.map((row) => row.map((score) => score >= 0.5));

  test.each(Object.entries(METRICS))('are labels, predictions and masks to %s', (_, compute) => {
    const numbers = predicted.map((row) => row.map(Number));
    const mask = [
      [true, true],
      [false, true],
      [true, true],
    ];
    const truth = yTrue.map((row) => row.map((label) => label === 1));
    expect(compute(truth, predicted, { mask })).toEqual(
      compute(yTrue, numbers, { mask: mask.map((row) => row.map(Number)) }),
    );
    expect(compute({ data: truth.flat(), shape }, { data: predicted.flat(), shape })).toEqual(
      compute(yTrue, numbers),
    );
  });

  test('are no labels of −1 and 1, and text is none at all', () => {
    expect(() => rocAucScore([true, false], [0.5, 1], { coding: '-1/1' })).toThrow(LabelValueError);
    expect(() => rocAucScore(['true', 'false'] as unknown as boolean[], [0.5, 1])).toThrow(LabelValueError);
  });
});

describe('a threshold that is NaN', () => {
  test('is refused with the name of the class, and the hint that fitThresholds takes a fallback', () => {
    const labels = ['Edema', 'Hernia'];
    const truth = yTrue.map(([, edema]) => [edema, 0]);
    const { thresholds } = fitThresholds(truth, yScore);
    expect(thresholds[1]).toBeNaN();
    expect(() => f1Score(truth, yScore, { threshold: thresholds, labels })).toThrow(
      /received 0\.125,NaN\. fitThresholds gives NaN .* such as Hernia here: give fitThresholds a fallback\.$/,
    );
    expect(() => f1Score(truth, yScore, { threshold: thresholds })).toThrow(/such as class 1 here/);
    const fitted = fitThresholds(truth, yScore, { fallback: 0.5 });
    expect(f1Score(truth, yScore, { threshold: fitted.thresholds, average: 'micro' })).toBeGreaterThan(0);
  });
});

describe('the door names what is wrong', () => {
  const cases: [title: string, labels: unknown, scores: unknown, error: Error, options?: object][] = [
    [
      'a column dropped',
      { data: new Uint8Array(590 * 40), shape: [590, 40] },
      { data: new Float32Array(590 * 39), shape: [590, 39] },
      new LabelShapeError(
        'rocAucScore: expected scores of shape 590×40, like yTrue; received 590×39. Was a column dropped from one of them?',
      ),
    ],
    [
      'a transposed matrix',
      [[0, 1]],
      [[0.1], [0.2]],
      new LabelShapeError(
        'rocAucScore: expected scores of shape 1×2, like yTrue; received 2×1. Is one of them transposed?',
      ),
    ],
    [
      'rows filtered from one side',
      yTrue,
      yScore.slice(1),
      new LabelShapeError(
        'rocAucScore: expected scores of shape 3×2, like yTrue; received 2×2. Were rows filtered out of one of them only?',
      ),
    ],
    [
      'vectors of two lengths',
      [0, 1, 1],
      [0.1, 0.2],
      new LabelShapeError(
        'rocAucScore: expected 3 scores, like yTrue of shape 3×1; received 2 in a flat array.',
      ),
    ],
    [
      'flat labels that fit no matrix',
      [0, 1, 1],
      yScore,
      new LabelShapeError(
        'rocAucScore: expected 6 labels in yTrue, like the scores of shape 3×2; received 3.',
      ),
    ],
    [
      'ragged rows',
      [[0, 1], [1]],
      yScore,
      new LabelShapeError('rocAucScore: expected 2 columns in every row of yTrue, as in row 0; row 1 has 1.'),
    ],
    [
      'a shape that lies',
      { data: [0, 1], shape: [3, 1] },
      yScore,
      new LabelShapeError('rocAucScore: expected yTrue to hold 3 values, as its shape 3×1 says; received 2.'),
    ],
    [
      'three dimensions',
      { data: [0], shape: [1, 1, 1] },
      [0.5],
      new LabelShapeError(
        'rocAucScore: expected yTrue of shape [rows, columns] or [rows]; received shape [1, 1, 1]. Reshape it to two dimensions.',
      ),
    ],
    [
      'nothing',
      undefined,
      [0.5],
      new LabelShapeError(
        'rocAucScore: expected yTrue as { data, shape }, nested arrays, a tensor or a flat array; received undefined.',
      ),
    ],
    [
      'a promise',
      [0, 1],
      Promise.resolve([0.1, 0.2]),
      new LabelShapeError(
        'rocAucScore: expected scores as { data, shape }, nested arrays, a tensor or a flat array; received a Promise. Await it first.',
      ),
    ],
    [
      'another object',
      { y: [0, 1] },
      [0.1, 0.2],
      new LabelShapeError(
        'rocAucScore: expected yTrue as { data, shape }, nested arrays, a tensor or a flat array; received an object with the keys y.',
      ),
    ],
    [
      'too few names',
      yTrue,
      yScore,
      new LabelShapeError('rocAucScore: expected 2 names in labels, one a column; received 1.'),
      { labels: ['a'] },
    ],
    [
      'flat arrays that names divide unevenly',
      [0, 1, 1],
      [0.1, 0.2, 0.3],
      new LabelShapeError(
        'rocAucScore: expected a multiple of 2 values in the flat yTrue, as labels has 2 names; received 3.',
      ),
      { labels: ['a', 'b'] },
    ],
    [
      'NaN',
      yTrue,
      [
        [0.1, 0.2],
        [0.3, Number.NaN],
        [Number.NaN, 1],
      ],
      new ScoreValueError(
        'rocAucScore: expected finite scores; received NaN at row 1, column 1. Did training diverge, or a logarithm meet 0?',
      ),
    ],
    [
      'infinity, with its class',
      yTrue,
      { data: Float32Array.of(0, 1, 2, 3, Number.NEGATIVE_INFINITY, 5), shape },
      new ScoreValueError(
        'rocAucScore: expected finite scores; received -Infinity at row 2, column 0 (Bald). Did training diverge, or a logarithm meet 0?',
      ),
      { labels: ['Bald', 'Young'] },
    ],
    [
      'a score that is no number',
      [0, 1],
      [0.5, '0.7'],
      new ScoreValueError(
        'rocAucScore: expected finite scores; received "0.7" at row 1, column 0. Did training diverge, or a logarithm meet 0?',
      ),
    ],
    [
      'a missing score',
      [0, 1],
      [0.5, null],
      new ScoreValueError(
        'rocAucScore: expected finite scores; received null at row 1, column 0. Did training diverge, or a logarithm meet 0?',
      ),
    ],
    [
      '−1/1 labels',
      [[1, -1]],
      [[0.1, 0.2]],
      new LabelValueError(
        "rocAucScore: expected labels 0 or 1; received -1 at row 0, column 1. Say coding: '-1/1' or ignoreValue where labels are coded so; turn soft labels into 0 and 1 by a threshold first.",
      ),
    ],
    [
      'soft labels',
      [0, 0.5],
      [0.1, 0.2],
      new LabelValueError(
        "rocAucScore: expected labels 0 or 1; received 0.5 at row 1, column 0. Say coding: '-1/1' or ignoreValue where labels are coded so; turn soft labels into 0 and 1 by a threshold first.",
      ),
    ],
    [
      'bytes other than 0 and 1',
      Uint8Array.of(0, 255),
      [0.1, 0.2],
      new LabelValueError(
        "rocAucScore: expected labels 0 or 1; received 255 at row 1, column 0. Say coding: '-1/1' or ignoreValue where labels are coded so; turn soft labels into 0 and 1 by a threshold first.",
      ),
    ],
    [
      'labels and scores swapped',
      [0.1, 0.2],
      [0, 1],
      new LabelValueError(
        "rocAucScore: expected labels 0 or 1; received 0.1 at row 0, column 0. Say coding: '-1/1' or ignoreValue where labels are coded so; turn soft labels into 0 and 1 by a threshold first.",
      ),
    ],
    [
      'no rows',
      [],
      [],
      new EmptyInputError(
        'rocAucScore: expected at least one row and one column; received 0×1. Was everything filtered out?',
      ),
    ],
    [
      'no columns',
      [[], []],
      [[], []],
      new EmptyInputError(
        'rocAucScore: expected at least one row and one column; received 2×0. Was everything filtered out?',
      ),
    ],
    [
      'labels other than −1/1 where those were told',
      [[1, 0]],
      [[0.1, 0.2]],
      new LabelValueError(
        'rocAucScore: expected labels −1 or 1; received 0 at row 0, column 1. Say ignoreValue where a value means unknown; leave coding out for labels 0 and 1.',
      ),
      { coding: '-1/1' },
    ],
    [
      'a mask of another shape',
      [[1, 0]],
      [[0.1, 0.2]],
      new LabelShapeError('rocAucScore: expected mask of shape 1×2, like yTrue; received 2×1.'),
      { mask: [[1], [0]] },
    ],
    [
      'a mask that is neither 0 nor 1',
      [[1, 0]],
      [[0.1, 0.2]],
      new OptionValueError(
        'rocAucScore: expected mask to be 1 where a label is known, else 0; received 0.5 at row 0, column 1.',
      ),
      { mask: [[1, 0.5]] },
    ],
    [
      'too few weights',
      [[1, 0]],
      [[0.1, 0.2]],
      new LabelShapeError('rocAucScore: expected 1 values in sampleWeight, one a row; received 2.'),
      { sampleWeight: [1, 1] },
    ],
    [
      'a negative weight',
      [1, 0],
      [0.1, 0.2],
      new SampleWeightError(
        'rocAucScore: expected sample weights to be finite and from 0; received -1 at row 1.',
      ),
      { sampleWeight: [1, -1] },
    ],
    [
      'a weight that is NaN',
      [1, 0],
      [0.1, 0.2],
      new SampleWeightError(
        'rocAucScore: expected sample weights to be finite and from 0; received NaN at row 0.',
      ),
      { sampleWeight: [Number.NaN, 1] },
    ],
    [
      'weights that are all 0',
      [1, 0],
      [0.1, 0.2],
      new SampleWeightError(
        'rocAucScore: expected a sample weight above 0; received 0 in each of the 2 rows.',
      ),
      { sampleWeight: [0, 0] },
    ],
  ];
  for (const [title, labels, scores, error, options = {}] of cases) {
    test(title, () => {
      const call = () => rocAucScore(labels as MatrixInput, scores as MatrixInput, options);
      expect(call).toThrow(error.constructor as new () => Error);
      expect(call).toThrow(error.message);
    });
  }

  test('in the name of every metric', () => {
    for (const [metric, compute] of Object.entries(METRICS)) {
      expect(() => compute([0, 1], [0.1]), metric).toThrow(`${metric}: expected 2 scores`);
      expect(() => compute([0, 1], [0.1, 0.2], { avrage: 'macro' } as object), metric).toThrow(
        `${metric}: expected options among`,
      );
    }
  });

  test('with a stable code and name', () => {
    const caught = (call: () => unknown): unknown => {
      try {
        return call();
      } catch (error) {
        return error;
      }
    };
    expect(caught(() => rocAucScore([0], [1, 2]))).toMatchObject({
      name: 'LabelShapeError',
      code: 'ERR_LABEL_SHAPE',
    });
    expect(caught(() => rocAucScore([2], [1]))).toMatchObject({
      name: 'LabelValueError',
      code: 'ERR_LABEL_VALUE',
    });
    expect(caught(() => rocAucScore([0], [Number.NaN]))).toMatchObject({
      name: 'ScoreValueError',
      code: 'ERR_SCORE_VALUE',
    });
    expect(caught(() => rocAucScore([0], [1], { sampleWeight: [-1] }))).toMatchObject({
      name: 'SampleWeightError',
      code: 'ERR_SAMPLE_WEIGHT',
    });
    expect(caught(() => rocAucScore([], []))).toMatchObject({
      name: 'EmptyInputError',
      code: 'ERR_EMPTY_INPUT',
    });
  });
});
