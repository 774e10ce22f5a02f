import { inspect } from 'node:util';
import {
  averagePrecisionScore,
  brierScoreLoss,
  classificationReport,
  evaluateScores,
  expectedCalibrationError,
  f1Score,
  formatEvaluation,
  logLoss,
  OptionValueError,
  rocAucInterval,
  rocAucScore,
  ScoreValueError,
  UnknownOptionError,
} from '@thawjs/metrics';
import { describe, expect, test } from 'vitest';
import { type Case, readCases } from '../conformance/read-cases';

const yTrue = [
  [1, 0, 0],
  [0, 0, 0],
  [1, 1, 0],
  [0, 0, 0],
];
const yProb = [
  [0.9, 0.2, 0.1],
  [0.6, 0.1, 0.2],
  [0.7, 0.4, 0.3],
  [0.2, 0.3, 0.4],
];
const labels = ['Smiling', 'Bald', 'Hat'];

const TABLE = `
4 rows, 3 classes

             macro  base rates  macro at ½  micro  weighted
AUC          1.000       0.500       1.000  0.944     1.000
AP           1.000       0.375       1.000  0.867     1.000
F1           0.900       0.533       0.400  0.857     0.867
precision    0.833                   0.667  0.750     0.778
recall       1.000                   0.500  1.000     1.000
specificity  0.833                   0.833  0.889     0.667
accuracy     0.917       0.750       0.833  0.917     0.833
ECE          0.283                                         
log loss     0.367       0.418                             
Brier        0.108       0.146                             

         support  base rate  threshold  predicted    AUC     AP  precision  recall     F1  accuracy    ECE  F1 at ½
Smiling        2      0.500      0.500          3  1.000  1.000      0.667   1.000  0.800     0.750  0.300    0.800
Bald           1      0.250      0.350          1  1.000  1.000      1.000   1.000  1.000     1.000  0.300    0.000
Hat            0      0.000      0.500          0    NaN    NaN        NaN     NaN    NaN     1.000  0.250      NaN

never predicted: Hat
without positive rows: Hat`
  .slice(1)
  .replaceAll(/ +$/gm, '');

/** Inputs whose scores are probabilities, where both labels of some class are known. */
const cases: [string, Case][] = [...readCases()].filter(([, { yScore }]) =>
  Array.from(yScore.data).every((score) => score >= 0 && score <= 1),
);

describe('evaluateScores', () => {
  const threshold = [0.5, 0.35, 0.5];
  const evaluation = evaluateScores(yTrue, yProb, { labels, threshold });

  test('is two aligned tables and remarks as text, and so to console.log', () => {
    expect(String(evaluation)).toBe(TABLE);
    expect(inspect(evaluation)).toBe(TABLE);
  });

  test('says what the base rates alone reach', () => {
    const ln2 = Math.log(2);
    expect(evaluation.perClass.map(({ baseRate }) => baseRate)).toEqual([1 / 2, 1 / 4, 0]);
    expect(evaluation.perClass[0].baseline).toEqual({
      auc: 1 / 2,
      averagePrecision: 1 / 2,
      f1: 2 / 3,
      accuracy: 1 / 2,
      logLoss: ln2,
      brier: 1 / 4,
    });
    expect(evaluation.perClass[2].baseline).toEqual({
      auc: Number.NaN,
      averagePrecision: Number.NaN,
      f1: Number.NaN,
      accuracy: 1,
      logLoss: 0,
      brier: 0,
    });
    expect(evaluation.baseline.averagePrecision).toBe((1 / 2 + 1 / 4) / 2);
    expect(evaluation.baseline.accuracy).toBe((1 / 2 + 3 / 4 + 1) / 3);
  });

  test('names the classes that are never predicted, at the thresholds and at ½', () => {
    expect(evaluation.neverPredicted).toEqual(['Hat']);
    expect(evaluation.neverPredictedAtHalf).toEqual(['Bald', 'Hat']);
    expect(evaluation.undefinedClasses.auc).toEqual(['Hat']);
  });

  test('is JSON without the matrices, which stay in the object', () => {
    const json = JSON.parse(JSON.stringify(evaluation));
    expect(json.perClass[0]).toEqual(evaluation.perClass[0]);
    expect(json.thresholds).toEqual(threshold);
    for (const name of ['yTrue', 'yScore', 'known']) expect(json).not.toHaveProperty(name);
    expect([...evaluation.yTrue.data]).toEqual(yTrue.flat());
    expect([...evaluation.yScore.data]).toEqual(yProb.flat());
  });

  test.each(cases)(
    'has the numbers of the functions of their names: %s',
    (_, { yTrue, yScore, mask, columns }) => {
      for (const known of [{}, { mask }]) {
        const average = { ...known, undefined: 'skip' } as const;
        const limits = Array.from({ length: columns }, (_, column) => 0.3 + 0.05 * (column % 5));
        const made = evaluateScores(yTrue, yScore, { ...known, threshold: limits });
        expect(made.macro.auc).toBe(rocAucScore(yTrue, yScore, average));
        expect(made.micro.auc).toBe(rocAucScore(yTrue, yScore, { ...average, average: 'micro' }));
        expect(made.weighted.averagePrecision).toBe(
          averagePrecisionScore(yTrue, yScore, { ...average, average: 'weighted' }),
        );
        expect(made.macro.f1).toBe(f1Score(yTrue, yScore, { ...average, threshold: limits }));
        expect(made.atHalf.macro).toEqual(classificationReport(yTrue, yScore, average).macro);
        expect(made.calibrationError).toBe(expectedCalibrationError(yTrue, yScore, average));
        expect(made.logLoss).toBe(logLoss(yTrue, yScore, average));
        expect(made.brier).toBe(brierScoreLoss(yTrue, yScore, average));
      }
    },
  );

  test("has DeLong's intervals of classes and bootstrapped ones of averages, the same for the same seed", () => {
    const { yTrue, yScore } = readCases().get('five classes')!;
    const options = { intervals: { resamples: 60, confidence: 0.9, seed: 3 } };
    const made = evaluateScores(yTrue, yScore, options);
    const { low, high } = rocAucInterval(yTrue, yScore, { confidence: 0.9 });
    for (const [column, one] of made.perClass.entries()) {
      expect(one.intervals!.auc.low).toBeCloseTo(low[column], 12);
      expect(one.intervals!.auc.high).toBeCloseTo(high[column], 12);
    }
    expect(made.intervals).toMatchObject({ confidence: 0.9, method: 'percentile', resamples: 60 });
    for (const name of ['auc', 'averagePrecision', 'f1'] as const) {
      const interval = made.intervals!.macro[name];
      expect(interval.low).toBeLessThan(made.macro[name]);
      expect(interval.high).toBeGreaterThan(made.macro[name]);
    }
    expect(evaluateScores(yTrue, yScore, options).intervals).toEqual(made.intervals);
    const text = String(made).split('\n');
    expect(text.find((line) => line.startsWith('AUC'))).toMatch(/^AUC +0\.\d{3} \[0\.\d{3}, 0\.\d{3}\]/);
  });

  test('a class of which no label is known is undefined, and in no average', () => {
    const mask = yTrue.map(() => [1, 0, 1]);
    const made = evaluateScores(yTrue, yProb, { labels, mask });
    expect(made.perClass[1]).toMatchObject({ known: 0, baseRate: Number.NaN, calibrationError: Number.NaN });
    expect(made.baseline.accuracy).toBe((1 / 2 + 1) / 2);
    expect([...made.known!.data]).toEqual(mask.flat());
  });

  test.each([
    ['logits', () => evaluateScores([0, 1], [-3, 3]), ScoreValueError, /Are these logits\?/],
    [
      'a misspelt option',
      () => evaluateScores([0, 1], [0, 1], { treshold: 1 } as object),
      UnknownOptionError,
      /"treshold"/,
    ],
    ['no bins', () => evaluateScores([0, 1], [0, 1], { bins: 0 }), OptionValueError, /bins/],
    [
      'a level of 2',
      () => evaluateScores([0, 1], [0, 1], { intervals: { confidence: 2 } }),
      OptionValueError,
      /confidence/,
    ],
    [
      'an interval option that is misspelt',
      () => evaluateScores([0, 1], [0, 1], { intervals: { samples: 9 } as object }),
      UnknownOptionError,
      /"samples"/,
    ],
  ])('refuses %s', (_, call, ErrorClass, message) => {
    expect(call).toThrow(ErrorClass);
    expect(call).toThrow(message);
  });
});

describe('formatEvaluation', () => {
  const evaluation = evaluateScores(yTrue, yProb, { labels, intervals: { resamples: 20 } });

  test('writes every column of every class as CSV, intervals too', () => {
    const [header, ...rows] = formatEvaluation(evaluation, { format: 'csv', sortBy: 'label' }).split('\n');
    expect(rows.map((row) => row.split(',')[0])).toEqual(['Bald', 'Hat', 'Smiling']);
    const columns = header.split(',');
    expect(columns.slice(-2)).toEqual(['AP_low', 'AP_high']);
    const smiling = Object.fromEntries(rows[2].split(',').map((value, at) => [columns[at], value]));
    expect(smiling).toMatchObject({
      support: '2',
      base_rate: '0.5',
      TP: '2',
      precision: '0.6666666666666666',
    });
  });

  test('sorts, cuts and rounds, and writes markdown', () => {
    const text = formatEvaluation(evaluation, { sortBy: 'precision', top: 1, digits: 1, format: 'markdown' });
    expect(text).toContain('| Smiling |');
    expect(text).not.toContain('| Bald ');
    expect(text).toMatch(/\| F1 +\| 0\.4 \[/);
  });

  test('names the methods of the intervals, their level and the number of resamples', () => {
    expect(formatEvaluation(evaluation).split('\n').at(-1)).toBe(
      'intervals: 95 %, of averages by percentile bootstrap with 20 resamples of the rows (Efron 1979), ' +
        'of classes by DeLong et al. 1988 (AUC), Boyd et al. 2013 (AP) and Wilson 1927 (others)',
    );
    expect(formatEvaluation(evaluateScores(yTrue, yProb, { labels }))).not.toContain('intervals');
  });

  test.each([{}, { format: 'csv' }, { sortBy: 'precision' }] as const)(
    'prints the parsed text of JSON.stringify as the evaluation itself, undefined numbers too: %j',
    (options) => {
      const rare = evaluateScores(
        [
          [1, 0],
          [0, 0],
        ],
        [
          [0.9, 0.2],
          [0.6, 0.1],
        ],
        { intervals: { resamples: 20 } },
      );
      expect(rare.perClass[1].recall).toBeNaN();
      expect(formatEvaluation(JSON.parse(JSON.stringify(rare)), options)).toBe(
        formatEvaluation(rare, options),
      );
    },
  );

  test('fits a narrow terminal: parts below each other, each with the names, which are cut', () => {
    const long = ['Smiling', 'a name that is longer than forty percent of the terminal', 'Hat'];
    const wide = evaluateScores(yTrue, yProb, { labels: long, intervals: { resamples: 20 } });
    const text = formatEvaluation(wide, { width: 60 });
    const table = text.slice(0, text.indexOf('\n\nnever predicted'));
    for (const line of table.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
    const lines = table.split('\n').filter((line) => line.startsWith('a name'));
    expect(lines.length).toBeGreaterThan(3);
    expect(lines[0]).toMatch(/^a name that is longer t… {2}/);
    const cells = (printed: string) => (printed.match(/\d\.\d{3}/g) ?? []).sort();
    expect(cells(text)).toEqual(cells(formatEvaluation(wide)));
  });

  test('takes the width of the terminal in console.log, and none in String', () => {
    const inspect = Reflect.get(evaluation, Symbol.for('nodejs.util.inspect.custom')) as () => string;
    const before = Object.getOwnPropertyDescriptor(process.stdout, 'columns');
    Object.defineProperty(process.stdout, 'columns', { value: 60, configurable: true });
    try {
      expect(inspect.call(evaluation)).toBe(formatEvaluation(evaluation, { width: 60 }));
      expect(String(evaluation)).toBe(formatEvaluation(evaluation));
    } finally {
      if (before) Object.defineProperty(process.stdout, 'columns', before);
      else Reflect.deleteProperty(process.stdout, 'columns');
    }
  });

  test.each([
    ['an unknown column', { sortBy: 'auk' }, /sortBy/],
    ['a width of 0', { width: 0 }, /width/],
    ['an unknown format', { format: 'html' }, /format/],
    ['a misspelt option', { sortby: 'auc' }, /"sortby"/],
  ])('refuses %s', (_, options, message) => {
    expect(() => formatEvaluation(evaluation, options as object)).toThrow(message);
  });
});
