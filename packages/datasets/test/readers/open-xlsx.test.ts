import { describe, expect, it } from 'vitest';
import { openXlsx, type XlsxOptions } from '../../src/index';
import { xlsxOf, xlsxOfXml } from '../xlsx-of';

const LABELS = { images: 'ignore' } as const;
const matrix = ({ y, known }: { y: Uint8Array; known?: Uint8Array }) =>
  Array.from(y, (value, i) => (known?.[i] === 0 ? '?' : value)).join('');

describe('openXlsx', () => {
  it('reads numbers, true and false, texts and empty cells as a CSV would have them', async () => {
    const file = xlsxOf({
      Sheet1: [
        ['file', 'cat', 'dog', 'cow'],
        ['a.png', 1, true, '0'],
        [7, 0, false, null],
      ],
    });
    const set = await openXlsx(file, LABELS);
    expect([set.ids, set.labels, matrix(set)]).toEqual([['a.png', '7'], ['cat', 'dog', 'cow'], '11000?']);
  });

  it('passes over blank rows, before the header too, and names rows as the spreadsheet does', async () => {
    const rows = [[null], ['file', 'x', null], ['a.png', 1], [null, ' '], ['b.png', 0]] as const;
    const set = await openXlsx(xlsxOf({ S: rows }), LABELS);
    expect([set.ids, matrix(set)]).toEqual([['a.png', 'b.png'], '10']);
    await expect(openXlsx(xlsxOf({ S: [...rows, ['c.png', 'maybe']] }), LABELS)).rejects.toMatchObject({
      name: 'DatasetFileError',
      message: expect.stringContaining('row 6'),
    });
  });

  it.each<[string, XlsxOptions, string]>([
    ['the first sheet by default', {}, 'first.png'],
    ['a sheet by its number', { sheet: 2 }, 'second.png'],
    ['a sheet by its name', { sheet: 'Two' }, 'second.png'],
  ])('opens %s', async (_, options, id) => {
    const sheet = (name: string) => [['file', 'x'] as const, [name, 1] as const];
    const file = xlsxOf({ One: sheet('first.png'), Two: sheet('second.png') });
    expect((await openXlsx(file, { ...options, ...LABELS })).ids).toEqual([id]);
  });

  it('gives dates as days, so that they can be groups', async () => {
    const day = new Date('2024-01-31T00:00:00Z');
    const rows = [['file', 'taken', 'x'] as const, ['a.png', day, 1] as const];
    const set = await openXlsx(xlsxOf({ S: rows }), { group: 'taken', ...LABELS });
    expect(set.groups).toEqual(['2024-01-31']);
  });

  it('takes the stored results of formulas', async () => {
    const head = '<row r="1"><c r="A1" t="str"><v>file</v></c><c r="B1" t="str"><v>x</v></c></row>';
    const row =
      '<row r="2"><c r="A2" t="str"><f>B1</f><v>a.png</v></c><c r="B2"><f>1+0</f><v>1</v></c></row>';
    const set = await openXlsx(xlsxOfXml({ S: head + row }), LABELS);
    expect([set.ids, matrix(set)]).toEqual([['a.png'], '1']);
  });

  it.each<[string, Uint8Array, XlsxOptions, string, RegExp]>([
    ['text', new TextEncoder().encode('file,x\na.png,1\n'), {}, 'DatasetFileError', /expected a spreadsheet/],
    ['nothing', new Uint8Array(), {}, 'DatasetFileError', /is empty/],
    ['a page', new TextEncoder().encode('<!DOCTYPE html><html>'), {}, 'DownloadPageError', /HTML/],
    ['a cut file', xlsxOf({ S: [['file']] }).slice(0, 300), {}, 'DatasetFileError', /expected a spreadsheet/],
    ['a blank sheet', xlsxOf({ S: [] }), {}, 'DatasetFileError', /the sheet is blank/],
    ['a sheet that is not there', xlsxOf({ S: [['file']] }), { sheet: 'T' }, 'DatasetOptionError', /"T"/],
    ['sheet 0', xlsxOf({ S: [['file']] }), { sheet: 0 }, 'DatasetOptionError', /its number from 1/],
    ['a misspelt option', xlsxOf({ S: [['file']] }), { sheets: 1 } as object, 'DatasetOptionError', /sheets/],
    [
      'a column that is not there',
      xlsxOf({
        S: [
          ['file', 'tags'],
          ['a.png', 'cat'],
        ],
      }),
      { labels: { column: 'tag' } },
      'UnknownLabelError',
      /tags/,
    ],
  ])('refuses %s by name', async (_, file, options, name, message) => {
    const opened = openXlsx(file, { ...LABELS, ...options });
    await expect(opened).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });

  it.each([
    [
      'a zip that inflates to more than they allow',
      xlsxOf({ S: [['file', 'x']] }),
      { inflatedBytes: 500 },
      'inflatedBytes',
    ],
    [
      'a sheet that a stray cell makes large',
      xlsxOfXml({
        S: '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
      }),
      {},
      'cells',
    ],
  ])('limits stop %s', async (_, file, limits, limit) => {
    await expect(openXlsx(file, { ...LABELS, limits })).rejects.toMatchObject({
      name: 'LimitExceededError',
      limit,
    });
  });

  it.each(['ZZZZZZZZ1', 'A99999999', '999999999999'])(
    'refuses a cell at %s, which no sheet has',
    async (at) => {
      const file = xlsxOfXml({ S: `<row><c r='${at}'><v>1</v></c></row>` });
      await expect(openXlsx(file, LABELS)).rejects.toMatchObject({ name: 'DatasetFileError' });
    },
  );
});
