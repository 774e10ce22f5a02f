import { describe, expect, it } from 'vitest';
import { type CsvOptions, openCsv } from '../../src/index';

const open = (text: string, options: CsvOptions = {}) => openCsv(new TextEncoder().encode(text), options);
/** A table of one label with these cells, and what became of them: 1, 0 or ?. */
const read = async (cells: readonly string[], options: CsvOptions = {}) => {
  const rows = cells.map((cell, row) => `${row}.png;${cell}`);
  const { y, known } = await open(`file;x\n${rows.join('\n')}\n`, options);
  return Array.from(y, (value, i) => (known?.[i] === 0 ? '?' : value)).join('');
};

describe('values', () => {
  it.each([
    ['1 and 0', ['1', '0', ''], undefined, '10?'],
    ['1 and -1', ['1', '-1', 'NaN'], undefined, '10?'],
    ['words', ['Yes', 'FALSE', 'n/a'], undefined, '10?'],
    ['floats with points and commas', ['1.0', '0,0', '1.00', '+1'], undefined, '1011'],
    ['chexpert', ['1', '0', '-1', ''], 'chexpert', '10??'],
    [
      'U-Ones, blank as zero',
      ['1', '0', '-1', ''],
      { convention: 'chexpert', uncertain: 'one', unmentioned: 'zero' },
      '1010',
    ],
    ['U-Zeros', ['1.0', '0.0', '-1.0', ''], { convention: 'chexpert', uncertain: 'zero' }, '100?'],
    ['zero-one', ['1', '0', ''], 'zero-one', '10?'],
    ['plus-minus', ['1', '-1', ''], 'plus-minus', '10?'],
    [
      'lists',
      ['yes', 'u', '0', '-1', ''],
      { positive: ['yes'], negative: [0, -1], unknown: ['U', ''] },
      '1?00?',
    ],
  ] as const)('reads %s', async (_, cells, values, expected) => {
    expect(await read(cells, values === undefined ? {} : { values })).toBe(expected);
  });

  it.each([
    ['in one column', 'file,a\n1.png,-1\n2.png,0\n3.png,1\n'],
    ['in two columns', 'file,a,b\n1.png,-1,1\n2.png,1,0\n'],
    ['as floats', 'file,a\n1.png,-1.0\n2.png,0.0\n'],
  ])('refuses -1 and 0 %s until told what they mean', async (_, text) => {
    await expect(open(text)).rejects.toThrow(/received both -1 and 0 .* values: 'chexpert'/);
    await expect(open(text)).rejects.toMatchObject({ name: 'DatasetFileError' });
    expect((await open(text, { values: 'chexpert' })).known).toBeDefined();
  });

  it.each([
    ['a cell of no list', ['maybe'], { positive: [1], negative: [0] }, /received "maybe"/],
    ['0 where it is plus-minus', ['0'], 'plus-minus', /received "0"/],
    ['a confidence', ['0.5'], undefined, /expected 0 or 1, or nothing, .* received "0.5"/],
    ['a list', ['[0, 1]'], undefined, /received "\[0, 1\]"/],
  ] as const)('refuses %s', async (_, cells, values, message) => {
    await expect(read(cells, values === undefined ? {} : { values })).rejects.toThrow(message);
  });

  it.each([
    ['a convention that is none', 'chexprt'],
    ['an option of a convention', { convention: 'chexpert', uncertan: 'one' }],
    ['a policy', { convention: 'chexpert', uncertain: 'two' }],
    ['lists without one', { positive: [1] }],
    ['a cell in two lists', { positive: [1], negative: ['1.0'] }],
    ['a list that is none', { positive: 1, negative: [0] }],
  ])('refuses %s as an option', async (_, values) => {
    await expect(read(['1'], { values: values as 'chexpert' })).rejects.toMatchObject({
      name: 'DatasetOptionError',
    });
  });
});
