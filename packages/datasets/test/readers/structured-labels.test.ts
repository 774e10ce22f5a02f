import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { type LabelColumns, openCsv, openImageFolder, openParquet } from '../../src/index';

type Named = Extract<LabelColumns, { column: string }>;
/** A table with these cells as its column of labels, tab-separated and quoted. */
const open = (cells: readonly string[], labels: Omit<Named, 'column'> = {}) => {
  const rows = cells.map((cell, row) => `${row}.png\t"${cell.replaceAll('"', '""')}"`);
  const text = new TextEncoder().encode(`file\ttags\n${rows.join('\n')}\n`);
  return openCsv(text, { labels: { column: 'tags', ...labels } });
};
const JSONL = (cells: readonly unknown[], labels: Omit<Named, 'column'> = {}) => {
  const lines = cells.map((tags, row) => JSON.stringify({ file_name: `${row}.png`, tags }));
  const files = [
    new File([lines.join('\n')], 'metadata.jsonl'),
    ...cells.map((_, row) => new File(['x'], `${row}.png`)),
  ];
  return openImageFolder(files, { labels: { column: 'tags', ...labels } });
};
const PARQUET = (cells: readonly unknown[], labels: Omit<Named, 'column'> = {}) => {
  const file = parquetWriteBuffer({
    columnData: [
      { name: 'image', data: cells.map(() => new Uint8Array([1])), type: 'BYTE_ARRAY' },
      { name: 'tags', data: cells as never, type: 'JSON' },
    ],
  });
  return openParquet(new Uint8Array(file), { labels: { column: 'tags', ...labels } });
};

describe('a column of names of labels', () => {
  it.each([
    ['Python lists', ["['Comedy', 'Drama']", '["Drama"]', '[]']],
    ['JSON lists', ['["Comedy","Drama"]', '["Drama"]', '']],
    ['tuples and sets', ["('Comedy', 'Drama')", "('Drama',)", '()']],
    ['sets', ["{'Comedy', 'Drama'}", "{'Drama'}", 'set()'.replace('set()', '[]')]],
    ['NumPy arrays', ["array(['Comedy', 'Drama'], dtype=object)", "['Drama']", '[]']],
    ['lists without quotes', ['[Comedy, Drama]', '[Drama]', '[]']],
    [
      'choices of Label Studio',
      ['{"choices":["Comedy","Drama"]}', '{"choices":["Drama"]}', '{"choices":[]}'],
    ],
    [
      'lists of objects',
      ["[{'id': 1, 'name': 'Comedy'}, {'id': 2, 'name': 'Drama'}]", '[{"name":"Drama"}]', '[]'],
    ],
    [
      'objects of flags',
      ['{"Comedy": true, "Drama": 1}', '{"Comedy": 0, "Drama": true}', '{"Comedy": false}'],
    ],
    ['texts with bars', ['Comedy|Drama', ' Drama ', '']],
  ])('reads %s', async (_, cells) => {
    const { labels, y } = await open(cells);
    expect([labels, y.join('')]).toEqual([['Comedy', 'Drama'], '110100']);
  });

  it.each([
    ['multi-hot vectors', ['0 1 1', '1 0 0', '0 0 0'], '011100000'],
    ['multi-hot lists', ['[0, 1, 1]', '[1,0,0]', '[0,0,0]'], '011100000'],
    ['multi-hot lists of NumPy', ['[0 1 1]', '[1. 0. 0.]', '[0 0 0]'], '011100000'],
    ['lists of booleans', ['[False, True, True]', '[true,false,false]', '[0, 0, 0]'], '011100000'],
    ['digits', ['011', '100', '000'], '011100000'],
    ['class numbers', ['2 1', '0', '2'], '011100001'],
    ['class numbers with bars', ['2|1', '0', ''], '011100000'],
    ['boxes of YOLO', ['0 .5 .5 .2 .2', '1 0.1 0.1 0.2 0.2\n2 0.5 0.5 1 1', ''], '100011000'],
    ['names', ['a|c', 'b', ''], '101010000'],
  ])('reads %s by names', async (_, cells, expected) => {
    const { labels, y } = await open(cells, { names: ['a', 'b', 'c'] });
    expect([labels, y.join('')]).toEqual([['a', 'b', 'c'], expected]);
  });

  it.each([
    ['JSON lines', JSONL],
    ['parquet', PARQUET],
  ])('reads arrays of %s as multi-hot vectors, numbers or names', async (_, form) => {
    const names = ['a', 'b', 'c'];
    const y = async (cells: readonly unknown[], labels = {}) =>
      (await form(cells, { names, ...labels })).y.join('');
    expect(
      await y([
        [0, 1, 1],
        [1, 0, 0],
      ]),
    ).toBe('011100');
    expect(await y([[true, false, true]])).toBe('101');
    expect(await y([[2, 0], [1]])).toBe('101010');
    expect(await y([['0', '2'], ['1']])).toBe('101010');
    expect(await y([['a', 'c'], []])).toBe('101000');
    await expect(form([[0, 1, 1]])).rejects.toThrow(/Give what they name/);
  });

  it('asks where numbers could be a multi-hot vector and class numbers, and takes the answer', async () => {
    const names = ['a', 'b'];
    await expect(open(['[0, 1]', '[1, 0]'], { names })).rejects.toThrow(/form: 'numbers'/);
    expect((await open(['[0, 1]'], { names, form: 'numbers' })).y.join('')).toBe('11');
    expect((await open(['[0, 1]'], { names, form: 'multi-hot' })).y.join('')).toBe('01');
    expect((await open(['[0, 0]', '[1, 1]'], { names })).y.join('')).toBe('0011');
  });

  it('takes numbers as text for names, if they are no vectors', async () => {
    expect((await open(['3|5', '12'])).labels).toEqual(['12', '3', '5']);
    expect((await open(['3', '5'], { names: ['5', '3', '7'] })).y.join('')).toBe('010100');
  });

  it.each([
    ['a list that is not closed', ["['a', 'b'"], /a part of a list/],
    ['a list of lists', ['[["a"]]'], /a list of other things/],
    ['a nested object', ['{"a":{"b":1}}'], /an object without/],
    ['half a literal', ['["a", b"]'], /can’t be read|part of a list/],
    ['a multi-hot vector without names', ['0 1 1'], /Give what they name/],
    ['YOLO without names', ['0 .5 .5 .2 .2'], /YOLO/],
    ['floats', ['[0.5, 0.2]'], /no class numbers/],
    ['commas with no delimiter given', ['cat, dog', 'dog'], /delimiter: ','/],
    ['a line break in a name', ['cat\ndog'], /line break/],
    ['U+FFFD in a name', ['Com\uFFFDdie'], /U\+FFFD/],
  ])('refuses %s', async (_, cells, message) => {
    await expect(open(cells)).rejects.toThrow(message);
    await expect(open(cells)).rejects.toMatchObject({ name: 'DatasetFileError' });
  });

  it.each([
    ['a vector of another length', ['0 1 1 0'], /no 0 or 1 for each of the 3 names/],
    ['a number that none of the names has', ['7'], /from 0 to 2/],
    ['vectors and numbers mixed', ['0 1 1', '2'], /form: 'numbers'/],
  ])('refuses %s', async (_, cells, message) => {
    await expect(open(cells, { names: ['a', 'b', 'c'] })).rejects.toThrow(message);
  });

  it.each(['nan', 'NA', 'None', 'null', 'N/A', '?'])('wants a yes for %s as a name', async (word) => {
    await expect(open(['a', word])).rejects.toThrow(/missing: 'none'/);
    expect((await open(['a', word], { missing: 'label' })).labels).toContain(word);
    expect((await open(['a', word], { names: ['a', word] })).y.join('')).toBe('1001');
    expect((await open(['a', word], { missing: 'none' })).y.join('')).toBe('10');
    const unknown = await open(['a', word], { missing: 'unknown' });
    expect([...unknown.known!]).toEqual([1, 0]);
  });

  it('takes brackets for letters where it is told that cells are names', async () => {
    expect((await open(['[a] b', '0 1 1'], { form: 'names' })).labels).toEqual(['0 1 1', '[a] b']);
  });

  it('reads an empty cell as no label, or as unknown', async () => {
    expect((await open(['a', ''])).known).toBeUndefined();
    expect([...(await open(['a', ''], { empty: 'unknown' })).known!]).toEqual([1, 0]);
  });
});
