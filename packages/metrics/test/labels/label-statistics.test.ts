import {
  imbalanceRatioPerLabel,
  LabelShapeError,
  LabelValueError,
  labelCardinality,
  labelCooccurrence,
  labelCorrelation,
  labelDensity,
  labelStatistics,
  meanImbalanceRatio,
  OptionValueError,
  positiveCounts,
  scumble,
  UnknownOptionError,
} from '@thawjs/metrics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../conformance/expect-close';
import { readLabelCases } from './read-label-cases';

const cases = readLabelCases();

describe.each(cases)('on $name', (one) => {
  const { yTrue } = one;

  test('counts, ratios, cardinality and density are those of the formulas', () => {
    expectClose(positiveCounts(yTrue), one.counts, 0, 'counts');
    expectClose(imbalanceRatioPerLabel(yTrue), one.imbalanceRatios, 1e-12, 'imbalance ratios');
    expectClose(
      meanImbalanceRatio(yTrue, { undefined: 'skip' }),
      one.meanImbalanceRatio,
      1e-12,
      'mean imbalance ratio',
    );
    expectClose(labelCardinality(yTrue), one.cardinality, 1e-12, 'cardinality');
    expectClose(labelDensity(yTrue), one.density, 1e-12, 'density');
  });

  test('SCUMBLE is that of the formula, of the whole, of rows and of labels', () => {
    expectClose(scumble(yTrue), one.scumble, 1e-12, 'scumble');
    expectClose(scumble(yTrue, { per: 'row' }), one.scumblePerRow, 1e-12, 'scumble of rows');
    expectClose(scumble(yTrue, { per: 'label' }), one.scumblePerLabel, 1e-12, 'scumble of labels');
  });

  test("pairs and correlations are NumPy's", () => {
    expectClose(labelCooccurrence(yTrue).data, one.cooccurrence, 0, 'pairs');
    expectClose(labelCorrelation(yTrue).data, one.correlation, 1e-12, 'correlation');
  });

  test('labels that are not known are left out of everything', () => {
    const { mask, ...expected } = one.masked;
    const options = { mask };
    expectClose(positiveCounts(yTrue, options), expected.counts, 0, 'counts');
    expectClose(imbalanceRatioPerLabel(yTrue, options), expected.imbalanceRatios, 1e-12, 'imbalance ratios');
    expectClose(labelCardinality(yTrue, options), expected.cardinality, 1e-12, 'cardinality');
    expectClose(labelDensity(yTrue, options), expected.density, 1e-12, 'density');
    expectClose(scumble(yTrue, options), expected.scumble, 1e-12, 'scumble');
    const together = labelCooccurrence(yTrue, options);
    expectClose(together.data, expected.cooccurrence, 0, 'pairs');
    expectClose(together.known!, expected.knownBeside, 0, 'rows with the first in which the second is known');
    expectClose(labelCorrelation(yTrue, options).data, expected.correlation, 1e-12, 'correlation');
    const { perLabel } = labelStatistics(yTrue, options);
    const column = (key: 'known' | 'share') => perLabel.map((label) => label[key]);
    expectClose(column('known'), expected.known, 0, 'known rows');
    expectClose(column('share'), expected.shares, 1e-12, 'shares');
  });

  test('a mask, and a label value that says unknown, are the same', () => {
    const { mask } = one.masked;
    const coded = {
      ...yTrue,
      data: Float32Array.from(yTrue.data, (y, at) => (mask.data[at] ? y : Number.NaN)),
    };
    const ignoreValue = Number.NaN;
    expect(labelStatistics(coded, { ignoreValue })).toEqual(labelStatistics(yTrue, { mask }));
    expect(labelCorrelation(coded, { ignoreValue })).toEqual(labelCorrelation(yTrue, { mask }));
    expect(labelCooccurrence(coded, { mask })).toEqual(labelCooccurrence(yTrue, { mask }));
    expect(scumble(coded, { mask, per: 'row' })).toEqual(scumble(yTrue, { mask, per: 'row' }));
  });

  test('labelStatistics holds what the single functions give', () => {
    const statistics = labelStatistics(yTrue);
    const column = (key: 'positives' | 'imbalanceRatio' | 'scumble') =>
      statistics.perLabel.map((label) => label[key]);
    expect(column('positives')).toEqual(Array.from(positiveCounts(yTrue)));
    expect(column('imbalanceRatio')).toEqual(Array.from(imbalanceRatioPerLabel(yTrue)));
    expect(column('scumble')).toEqual(Array.from(scumble(yTrue, { per: 'label' })));
    expect(statistics).toMatchObject({
      rows: yTrue.shape[0],
      meanImbalanceRatio: meanImbalanceRatio(yTrue, { undefined: 'skip' }),
      cardinality: labelCardinality(yTrue),
      density: labelDensity(yTrue),
      scumble: scumble(yTrue),
    });
  });
});

describe('label statistics', () => {
  const yTrue = [
    [1, 0, 1],
    [1, 0, 0],
  ];

  test('a label without positives has no imbalance ratio, and is named', () => {
    expect(imbalanceRatioPerLabel(yTrue)).toEqual(Float64Array.of(1, Number.NaN, 2));
    expect(meanImbalanceRatio(yTrue)).toBeNaN();
    expect(meanImbalanceRatio(yTrue, { undefined: 'skip' })).toBe(1.5);
    expect(labelStatistics(yTrue, { labels: ['a', 'b', 'c'] }).withoutPositives).toEqual(['b']);
  });

  test('a row of which nothing is known has no say, and a label that is known nowhere has no share', () => {
    const mask = [
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 0],
    ];
    const rows = [...yTrue, [1, 1, 1]];
    const { perLabel, ...statistics } = labelStatistics(rows, { mask, labels: ['a', 'b', 'c'] });
    expect(perLabel.map(({ positives, known, share }) => [positives, known, share])).toEqual([
      [2, 2, 1],
      [0, 2, 0],
      [0, 0, Number.NaN],
    ]);
    expect(statistics).toEqual({
      rows: 3,
      meanImbalanceRatio: 1,
      cardinality: 1,
      density: 0.5,
      scumble: 0,
      withoutPositives: ['b', 'c'],
    });
    expect(scumble(rows, { mask, per: 'row' })).toEqual(Float64Array.of(0, 0, Number.NaN));
    expect(labelCardinality(rows, { mask: rows.map(() => [0, 0, 0]) })).toBeNaN();
  });

  test('labels of −1 and 1 are read where it is said so', () => {
    expect(
      positiveCounts(
        [
          [-1, 1],
          [1, 1],
        ],
        { coding: '-1/1' },
      ),
    ).toEqual(Uint32Array.of(1, 2));
    expect(() =>
      positiveCounts([
        [-1, 1],
        [1, 1],
      ]),
    ).toThrow(LabelValueError);
  });

  test('a mask of another shape, or of other values, is refused', () => {
    expect(() => labelStatistics(yTrue, { mask: [[1, 1]] })).toThrow(LabelShapeError);
    expect(() =>
      labelDensity(yTrue, {
        mask: [
          [1, 1, 2],
          [1, 1, 1],
        ],
      }),
    ).toThrow(OptionValueError);
    expect(() => labelDensity(yTrue, { masc: [] } as object)).toThrow(UnknownOptionError);
  });

  test('a label that never changes is correlated with nothing, itself included', () => {
    expect(labelCorrelation([[1], [1]]).data).toEqual(Float64Array.of(Number.NaN));
  });

  test('labels that are the same, or opposite, in every row correlate by exactly 1 and −1', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 2, maxLength: 50 }), (column) => {
        fc.pre(new Set(column).size === 2);
        const { data } = labelCorrelation(column.map((label) => [label, label, 1 - label]));
        expect(data[1]).toBeCloseTo(1, 12);
        expect(data[2]).toBeCloseTo(-1, 12);
      }),
    );
  });

  test('forty rare labels in one row overflow no product', () => {
    const rows = Array.from({ length: 1000 }, (_, row) =>
      Array.from({ length: 120 }, (_, column) => Number(row === 0 || column === 0)),
    );
    const [first] = scumble(rows, { per: 'row' });
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(1);
  });

  test('the order of the rows changes nothing', () => {
    for (const { yTrue: matrix } of cases) {
      const [rows, columns] = matrix.shape;
      const reversed = matrix.data.slice();
      for (let row = 0; row < rows; row++) {
        reversed.set(matrix.data.subarray(row * columns, (row + 1) * columns), (rows - 1 - row) * columns);
      }
      const other = { data: reversed, shape: matrix.shape };
      expect(labelCorrelation(other)).toEqual(labelCorrelation(matrix));
      expect(imbalanceRatioPerLabel(other)).toEqual(imbalanceRatioPerLabel(matrix));
      expect(scumble(other)).toBeCloseTo(scumble(matrix), 12);
    }
  });

  test('labels other than 0 and 1, and names that do not fit, are refused at the door', () => {
    expect(() => scumble([[0.5]])).toThrow(LabelValueError);
    expect(() => labelDensity(yTrue, { labels: ['a'] })).toThrow(LabelShapeError);
  });
});
