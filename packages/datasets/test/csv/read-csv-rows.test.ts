import { describe, expect, it } from 'vitest';
import { readCsvRows } from '../../src/csv/read-csv-rows';

const read = async (text: string) => {
  const rows: [number, readonly string[]][] = [];
  readCsvRows(text, (cells, line) => rows.push([line, [...cells]]));
  return rows;
};

describe('readCsvRows', () => {
  it.each([
    ['LF', 'a,b\n1,2\n'],
    ['CRLF', 'a,b\r\n1,2\r\n'],
    ['no line break at the end', 'a,b\n1,2'],
    ['a byte order mark', '\uFEFFa,b\n1,2\n'],
    ['quotes', '"a","b"\n"1","2"\n'],
  ])('reads %s', async (_, text) => {
    expect(await read(text)).toEqual([
      [1, ['a', 'b']],
      [2, ['1', '2']],
    ]);
  });

  it('passes over empty lines and counts them', async () => {
    expect(await read('a,b\n\n1,2\n\n')).toEqual([
      [1, ['a', 'b']],
      [3, ['1', '2']],
    ]);
  });

  it('gives rows of another length as they are, for the caller to refuse', async () => {
    expect((await read('a,b\n1\n1,2,3\n')).map(([, cells]) => cells.length)).toEqual([2, 1, 3]);
  });

  it('keeps commas, quotes and line breaks inside quotes', async () => {
    expect(await read('"x,""y""\nz",1')).toEqual([[1, ['x,"y"\nz', '1']]]);
  });
});
