import { classificationReport, LabelShapeError, OptionValueError, reportByGroup } from '@thawjs/metrics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const yTrue = [[1], [0], [1], [1], [0], [0], [1]];
const yScore = [[0.9], [0.2], [0.8], [0.3], [0.6], [0.1], [0.2]];
const groups = ['hat', 'none', 'none', 'hat', 'hat', 'none', 'cap'];

describe('reportByGroup', () => {
  test('gives the report of each part, in the order in which the groups appear', () => {
    const grouped = reportByGroup(yTrue, yScore, groups);
    expect(grouped.groups.map(({ group, rows }) => [group, rows])).toEqual([
      ['hat', 3],
      ['none', 3],
      ['cap', 1],
    ]);
    expect(grouped.groups[0].report.perClass).toEqual(
      classificationReport([[1], [1], [0]], [[0.9], [0.3], [0.6]]).perClass,
    );
    expect(grouped.overall.perClass).toEqual(classificationReport(yTrue, yScore).perClass);
  });

  test('gives the gap between the highest and the lowest group, and names both', () => {
    const { gaps } = reportByGroup(yTrue, yScore, groups);
    expect(gaps.macro.recall).toEqual({ difference: 1, ratio: 0, highest: 'none', lowest: 'cap' });
    expect(gaps.macro.precision).toEqual({ difference: 0.5, ratio: 0.5, highest: 'none', lowest: 'hat' });
    expect(gaps.perClass[0]).toMatchObject({ label: '0', recall: gaps.macro.recall });
  });

  test('leaves small groups out of the gaps where told', () => {
    const grouped = reportByGroup(yTrue, yScore, groups, { minRows: 2 });
    expect(grouped.groups).toHaveLength(3);
    expect(grouped.gaps.macro.recall).toEqual({
      difference: 0.5,
      ratio: 0.5,
      highest: 'none',
      lowest: 'hat',
    });
  });

  test('a gap over fewer than two defined values is NaN', () => {
    const { gaps } = reportByGroup([[1], [0]], [[0.9], [0.1]], [true, false]);
    expect(gaps.macro.recall).toEqual({
      difference: Number.NaN,
      ratio: Number.NaN,
      highest: true,
      lowest: true,
    });
    expect(gaps.macro.auc).toEqual({
      difference: Number.NaN,
      ratio: Number.NaN,
      highest: undefined,
      lowest: undefined,
    });
  });

  test('one group for all is the overall report', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.integer({ min: 0, max: 1 }), fc.float({ noNaN: true, noDefaultInfinity: true })),
          {
            minLength: 1,
          },
        ),
        (rows) => {
          const truth = rows.map(([label]) => label);
          const scores = Float32Array.from(rows, ([, score]) => score);
          const grouped = reportByGroup(truth, scores, new Uint8Array(rows.length), {
            threshold: 0.5,
          });
          expect({ ...grouped.groups[0].report }).toEqual({ ...grouped.overall });
        },
      ),
    );
  });

  test('thresholds meet the slices of 32-bit scores as 32-bit floats', () => {
    const scores = Float32Array.of(0.3, 0.3);
    const { groups: parts } = reportByGroup([1, 0], scores, [0, 1], { threshold: 0.3, comparison: '>' });
    expect(parts.map(({ report }) => report.perClass[0].tp + report.perClass[0].fp)).toEqual([0, 0]);
  });

  test('prints the macro averages of each group and the gaps', () => {
    expect(String(reportByGroup(yTrue, yScore, groups))).toBe(
      `
macro averages  rows  precision  recall  specificity     F1  accuracy    AUC     AP
hat                3      0.500   0.500        0.000  0.500     0.333  0.500  0.833
none               3      1.000   1.000        1.000  1.000     1.000  1.000  1.000
cap                1        NaN   0.000          NaN  0.000     0.000    NaN  1.000

all                7      0.667   0.500        0.667  0.571     0.571  0.792  0.854
gap                       0.500   1.000        1.000  1.000     1.000  0.500  0.167
ratio                     0.500   0.000        0.000  0.000     0.000  0.500  0.833`.slice(1),
    );
  });

  test('takes weights, unknown labels and codings along into the slices', () => {
    const signs = [[1], [-1], [0], [1], [-1], [1]];
    const scores = [[0.9], [0.6], [0.7], [0.4], [0.2], [0.8]];
    const sampleWeight = [1, 2, 3, 4, 5, 6];
    const names = ['a', 'a', 'a', 'b', 'b', 'b'];
    const options = { coding: '-1/1', ignoreValue: 0 } as const;
    const { groups: parts } = reportByGroup(signs, scores, names, { ...options, sampleWeight });
    for (const [at, { report }] of parts.entries()) {
      const rows = [3 * at, 3 * at + 3] as const;
      const alone = classificationReport(signs.slice(...rows), scores.slice(...rows), {
        ...options,
        sampleWeight: sampleWeight.slice(...rows),
      });
      expect(report.perClass).toEqual(alone.perClass);
    }
    expect(parts.map(({ report }) => report.perClass[0].tp)).toEqual([1, 6]);
  });

  test('refuses another number of groups than rows, and no rows at all as the least', () => {
    expect(() => reportByGroup(yTrue, yScore, ['hat'])).toThrow(LabelShapeError);
    expect(() => reportByGroup(yTrue, yScore, ['hat'])).toThrow('expected 7 entries in groups');
    expect(() => reportByGroup(yTrue, yScore, groups, { minRows: 0 })).toThrow(OptionValueError);
  });
});
