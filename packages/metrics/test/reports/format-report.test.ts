import {
  classificationReport,
  confusionColumns,
  formatReport,
  OptionValueError,
  UnknownOptionError,
} from '@thawjs/metrics';
import { describe, expect, test } from 'vitest';

const yTrue = [
  [1, 0, 1],
  [0, 0, 1],
  [1, 0, 0],
  [0, 0, 1],
];
const yScore = [
  [0.9, 0.2, 0.9],
  [0.6, 0.1, 0.8],
  [0.7, 0.3, 0.9],
  [0.2, 0.4, 0.1],
];
const report = classificationReport(yTrue, yScore, { labels: ['Smiling', 'Bald', 'Hat | "Cap"'] });
const columns = ['support', 'recall', 'f1'] as const;
const firstCells = (table: string) =>
  table
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0]);
const sorted = (sortBy: Parameters<typeof formatReport>[1]) =>
  firstCells(formatReport(report, { format: 'csv', columns, averages: false, ...sortBy }));

describe('formatReport', () => {
  test('without options is what the report itself prints', () => {
    expect(formatReport(report)).toBe(String(report));
  });

  test('aligns the columns asked for, and names undefined classes under those only', () => {
    expect(formatReport(report, { columns, sortBy: 'support', digits: 2 })).toBe(
      `
             support  recall    F1
Hat | "Cap"        3    0.67  0.67
Smiling            2    1.00  0.80
Bald               0     NaN   NaN

macro              5     NaN   NaN
micro              5    0.80  0.73
weighted           5    0.80  0.72

undefined recall: Bald
undefined F1: Bald`.slice(1),
    );
  });

  test('writes markdown, with bars in names escaped', () => {
    expect(formatReport(report, { format: 'markdown', columns, averages: false })).toBe(
      `
|              | support | recall |    F1 |
| ------------ | ------: | -----: | ----: |
| Smiling      |       2 |  1.000 | 0.800 |
| Bald         |       0 |    NaN |   NaN |
| Hat \\| "Cap" |       3 |  0.667 | 0.667 |

undefined recall: Bald
undefined F1: Bald`.slice(1),
    );
  });

  test('writes no cell that a spreadsheet would run, and no character that moves a cursor', () => {
    const labels = ['=HYPERLINK("http://evil.example","x")', '-2+3', 'bell\u0007\u001b[2J'];
    const hostile = classificationReport([1, 0, 1], [1, 0, 1], { labels });
    const csv = formatReport(hostile, { format: 'csv', columns: ['recall'], averages: false });
    expect(csv.split('\n').slice(1)).toEqual([
      `"'=HYPERLINK(""http://evil.example"",""x"")",1`,
      "'-2+3,NaN",
      'bell\u0007\u001b[2J,1',
    ]);
    for (const format of ['text', 'markdown'] as const) {
      const table = formatReport(hostile, { format, columns: ['recall'] });
      expect(table).toContain('bell\ufffd\ufffd[2J');
      expect(table).not.toMatch(/(?!\n)\p{Cc}/u);
    }
  });

  test('writes CSV with all digits and quoted names, the table alone', () => {
    expect(formatReport(report, { format: 'csv', columns: ['tn', 'recall'] })).toBe(
      `
class,TN,recall
Smiling,1,1
Bald,4,NaN
"Hat | ""Cap""",0,0.6666666666666666
macro,,NaN
micro,,0.8
weighted,,0.8`.slice(1),
    );
  });

  test('sorts by any column from the highest down, by name from A, and NaN stays last', () => {
    expect(sorted({ sortBy: 'support' })).toEqual(['"Hat | ""Cap"""', 'Smiling', 'Bald']);
    expect(sorted({ sortBy: 'recall' })).toEqual(['Smiling', '"Hat | ""Cap"""', 'Bald']);
    expect(sorted({ sortBy: 'recall', descending: false })).toEqual(['"Hat | ""Cap"""', 'Smiling', 'Bald']);
    expect(sorted({ sortBy: 'label' })).toEqual(['Bald', '"Hat | ""Cap"""', 'Smiling']);
    expect(sorted({ sortBy: 'label', descending: true, top: 1 })).toEqual(['Smiling']);
    expect(sorted({})).toEqual(['Smiling', 'Bald', '"Hat | ""Cap"""']);
  });

  test('gives the table that starts from the counts, the most false positives first', () => {
    const table = formatReport(report, { columns: confusionColumns, sortBy: 'fp', top: 2, averages: false });
    expect(table.split('\n').slice(0, 3)).toEqual([
      '             TN  FP  FN  TP  recall  specificity  precision  accuracy     F1  support  support_norm',
      'Smiling       1   1   0   2   1.000        0.500      0.667     0.750  0.800        2         0.667',
      'Hat | "Cap"   0   1   1   2   0.667        0.000      0.667     0.500  0.667        3         1.000',
    ]);
  });

  test('leaves the report as it was', () => {
    const before = report.perClass.map(({ label }) => label);
    formatReport(report, { sortBy: 'support' });
    expect(report.perClass.map(({ label }) => label)).toEqual(before);
  });

  test.each([
    ['format', { format: 'html' }, UnknownOptionError],
    ['sortBy', { sortBy: 'false positives' }, UnknownOptionError],
    ['columns', { columns: ['label'] }, OptionValueError],
    ['top', { top: -1 }, OptionValueError],
    ['digits', { digits: 0.5 }, OptionValueError],
    ['sort', { sort: 'fp' }, UnknownOptionError],
  ])('refuses a wrong %s', (name, options, kind) => {
    expect(() => formatReport(report, options as object)).toThrow(kind);
    expect(() => formatReport(report, options as object)).toThrow(name);
  });
});
