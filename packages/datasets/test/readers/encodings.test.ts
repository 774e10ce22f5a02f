import { describe, expect, it } from 'vitest';
import { type CsvOptions, openCsv, openImageFolder } from '../../src/index';

const TEXT = 'file,tags\na.png,Comédie\nb.png,Comèdie\n';
const OPTIONS: CsvOptions = { labels: { column: 'tags' } };
const latin1 = Uint8Array.from(TEXT, (letter) => letter.charCodeAt(0));
const utf16 = (littleEndian: boolean, mark: boolean) => {
  const text = (mark ? '\uFEFF' : '') + TEXT;
  const bytes = new DataView(new ArrayBuffer(2 * text.length));
  for (let i = 0; i < text.length; i++) bytes.setUint16(2 * i, text.charCodeAt(i), littleEndian);
  return new Uint8Array(bytes.buffer);
};

describe('the encoding of a file', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode(TEXT), {}],
    ['UTF-16 with a mark', utf16(true, true), {}],
    ['big-endian UTF-16 with a mark', utf16(false, true), {}],
    ['UTF-16 without a mark', utf16(true, false), {}],
    ['Latin-1 where it is named', latin1, { encoding: 'latin1' }],
    ['Windows-1252 where it is named', latin1, { encoding: 'windows-1252' }],
  ])('is %s', async (_, bytes, options) => {
    expect((await openCsv(bytes, { ...OPTIONS, ...options })).labels).toEqual(['Comèdie', 'Comédie']);
  });

  it('is asked for where bytes are no UTF-8, so that two labels never become one', async () => {
    await expect(openCsv(latin1, OPTIONS)).rejects.toThrow(
      /is no UTF-8 \(line 2, "a\.png,Comédie".*encoding: 'windows-1252'/,
    );
    await expect(openCsv(latin1, { ...OPTIONS, encoding: 'utf-16' })).rejects.toMatchObject({
      name: expect.stringMatching(/DatasetFileError|UnknownLabelError/),
    });
    await expect(openCsv(latin1, { ...OPTIONS, encoding: 'latin-9000' })).rejects.toMatchObject({
      name: 'DatasetOptionError',
    });
  });

  it('is asked for of the files beside images too', async () => {
    const files = [new File(['x'], 'a.png'), new File([Uint8Array.from([0x43, 0xe9])], 'a.txt')];
    await expect(openImageFolder(files)).rejects.toThrow(/a\.txt: is no UTF-8/);
    expect((await openImageFolder(files, { encoding: 'latin1' })).labels).toEqual(['Cé']);
  });
});

describe('misspelt options', () => {
  const csv = new TextEncoder().encode(TEXT);
  it.each([
    ['openCsv', () => openCsv(csv, { groups: 'tags' } as CsvOptions), /"groups"\. Did you mean "group"/],
    [
      'labels',
      () => openCsv(csv, { labels: { column: 'tags', delimeter: ';' } } as CsvOptions),
      /"delimeter"\. Did you mean "delimiter"/,
    ],
    [
      'split',
      () => openCsv(csv, { split: { column: 'tags', valid: [] } } as CsvOptions),
      /split: expected options among/,
    ],
    ['limits', () => openCsv(csv, { limits: { pixel: 3 } } as CsvOptions), /"pixel"\. Did you mean "pixels"/],
    [
      'a value',
      () => openCsv(csv, { images: 'ignor' } as unknown as CsvOptions),
      /expected images to be 'ignore'; received "ignor"/,
    ],
    ['a limit', () => openCsv(csv, { limits: { cells: -1 } }), /expected cells to be a number above 0/],
    [
      'openImageFolder',
      () => openImageFolder([], { label: [] } as never),
      /openImageFolder: expected options among/,
    ],
  ])('are refused: %s', async (_, open, message) => {
    await expect(open()).rejects.toThrow(message);
    await expect(open()).rejects.toMatchObject({ name: 'DatasetOptionError' });
  });
});
