import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UnknownLabelError } from '@thawjs/datasets';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { CelebA } from '../src/index';
import { parseAttributesCsv } from '../src/labels/parse-attributes-csv';
import { parseAttributesText } from '../src/labels/parse-attributes-text';
import { parseIdNumbers } from '../src/labels/parse-id-numbers';
import { ATTRIBUTES, ATTRIBUTES_CSV, folderOf, IDS, images, TEXTS, zipOf } from './made-celeba';

const QUOTA_PAGE =
  '<!DOCTYPE html><html><head><title>Google Drive - Quota exceeded</title></head><body>Sorry</body></html>';

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));

const make = async (files: Record<string, string | Uint8Array>) => {
  const folder = await folderOf(files);
  folders.push(folder);
  return folder;
};
const failure = (path: string, options = {}) =>
  CelebA.open(path, options).then(
    () => 'opened',
    (error: Error) => error,
  );

describe('CelebA.open says in one sentence what is wrong with', () => {
  it('an HTML page saved as img_align_celeba.zip', async () => {
    const folder = await make({ ...TEXTS, 'img_align_celeba.zip': `\n  ${QUOTA_PAGE}` });
    for (const path of [folder, join(folder, 'img_align_celeba.zip')]) {
      const error = await failure(path);
      expect(error).toMatchObject({ name: 'DownloadPageError', code: 'ERR_DOWNLOAD_PAGE' });
      expect((error as Error).message).toContain(
        'expected img_align_celeba.zip to be a zip of images; it is an HTML page, titled "Google Drive - Quota exceeded"',
      );
    }
  });

  it('an HTML page saved as the label file', async () => {
    const error = await failure(await make({ 'list_attr_celeba.txt': QUOTA_PAGE }), { images: 'ignore' });
    expect(error).toMatchObject({ name: 'DownloadPageError' });
    expect((error as Error).message).toContain('expected list_attr_celeba.txt to be a text file of labels');
  });

  it('a zip that is cut off, wherever', async () => {
    const whole = await zipOf(await images('img_align_celeba/'));
    for (const length of [10, 2000, whole.length - 30]) {
      const folder = await make({ ...TEXTS, 'img_align_celeba.zip': whole.subarray(0, length) });
      const error = await failure(folder);
      expect(error).toMatchObject({ name: 'TruncatedZipError', code: 'ERR_TRUNCATED_ZIP' });
      expect((error as Error).message).toMatch(
        /img_align_celeba\.zip is cut off: it ends after [\d,]+ bytes/,
      );
    }
  });

  it.each([
    [
      'a file that is no zip',
      'GIF89a',
      /expected img_align_celeba.zip to be a zip; it begins with the bytes 47494638/,
    ],
    ['an empty file', '', /img_align_celeba.zip is empty/],
  ])('%s in place of the zip', async (_, content, message) => {
    const error = await failure(await make({ ...TEXTS, 'img_align_celeba.zip': content }));
    expect(error).toMatchObject({ name: 'ZipFormatError', code: 'ERR_ZIP_FORMAT' });
    expect((error as Error).message).toMatch(message);
  });

  it('images that are missing: how many, which first, and how to go on without them', async () => {
    const some = await images('img_align_celeba/', [IDS[0], IDS[3]]);
    const folder = await make({ ...TEXTS, ...some });
    const error = await failure(folder);
    expect(error).toMatchObject({ name: 'MissingImagesError', code: 'ERR_MISSING_IMAGES' });
    expect((error as Error).message).toMatch(
      /^CelebA\.open: 4 of the 6 images that list_attr_celeba\.txt names are missing from .*img_align_celeba, the first 000002\.jpg, 000003\.jpg, 000005\.jpg\. .*images: 'skip'\.$/,
    );
  });

  it('images that are all missing, whatever is skipped', async () => {
    const folder = await make({ ...TEXTS, ...(await images('img_align_celeba/', ['7.jpg'])) });
    expect(await failure(folder, { images: 'skip' })).toMatchObject({
      name: 'MissingImagesError',
      message: expect.stringContaining('all images that list_attr_celeba.txt names are missing'),
    });
  });

  it.each([
    [
      'a value too few',
      ATTRIBUTES.replace('000003.jpg -1 -1', '000003.jpg -1'),
      /line 5: expected 3 values after "000003.jpg", one a label; received 2/,
    ],
    [
      'a value too many',
      ATTRIBUTES.replace('000003.jpg', '000003.jpg 1'),
      /line 5: expected 3 values after "000003.jpg", one a label; received 4/,
    ],
    [
      'a 2',
      ATTRIBUTES.replace('000002.jpg  1', '000002.jpg  2'),
      /line 4: expected -1, 0 or 1 for each label of "000002.jpg"; received "2"/,
    ],
    ['a -0', ATTRIBUTES.replace('000002.jpg  1', '000002.jpg -0'), /received "-0"/],
    ['a 10', ATTRIBUTES.replace('000002.jpg  1', '000002.jpg 10'), /received "10"/],
    ['a word', ATTRIBUTES.replace('000002.jpg  1', '000002.jpg yes'), /line 4: .* received "yes"/],
    [
      'a header too short',
      ATTRIBUTES.replace('Bald ', ''),
      /line 3: expected 2 values, one for each label of line 2; received 3/,
    ],
    [
      'no header',
      ATTRIBUTES.replace(/Bald.*\r\n/, ''),
      /line 2: expected the names of the labels; received values/,
    ],
    [
      'lines missing',
      ATTRIBUTES.replace(/000006.*/s, ''),
      /line 7: expected 6 images, as line 1 says; the file ends after 5/,
    ],
    ['an image twice', ATTRIBUTES.replace('000003.jpg', '000002.jpg'), /names "000002.jpg" twice/],
    ['nothing', '', /is empty/],
    ['a header alone', 'Bald Smiling\r\n', /names no image/],
  ])('list_attr_celeba.txt with %s, and where', async (_, text, message) => {
    const error = await failure(await make({ 'list_attr_celeba.txt': text }), { images: 'ignore' });
    expect(error).toMatchObject({ name: 'LabelFileError', code: 'ERR_LABEL_FILE' });
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).toContain('list_attr_celeba.txt');
  });

  it.each([
    [
      'a cell too few',
      ATTRIBUTES_CSV.replace('000003.jpg,-1', '000003.jpg'),
      /line 4: expected 4 cells, as in the header; received 3/,
    ],
    [
      'a 2',
      ATTRIBUTES_CSV.replace('000002.jpg,1', '000002.jpg,2'),
      /line 3: expected -1, 0 or 1 for "Bald" of "000002.jpg"; received "2"/,
    ],
    ['an empty cell', ATTRIBUTES_CSV.replace('000002.jpg,1', '000002.jpg,'), /received ""/],
    ['no header to speak of', 'image_id\n1.jpg\n', /line 1: expected a header/],
  ])('list_attr_celeba.csv with %s, and where', async (_, text, message) => {
    const error = await failure(await make({ 'list_attr_celeba.csv': text }), { images: 'ignore' });
    expect(error).toMatchObject({ name: 'LabelFileError' });
    expect((error as Error).message).toMatch(message);
  });

  it.each([
    [
      'list_eval_partition.txt',
      '000001.jpg 0\n000002.jpg x\n',
      /line 2: expected an image id and a whole number; received "000002.jpg x"/,
    ],
    [
      'list_eval_partition.txt',
      IDS.map((id) => `${id} 3\n`).join(''),
      /expected 0 \(train\), 1 \(validation\) or 2 \(test\); received 3/,
    ],
    ['list_eval_partition.txt', '000001.jpg 0\n', /has no line for "000002.jpg"/],
    ['identity_CelebA.txt', '000001.jpg 0 1\n', /line 1: expected an image id and a whole number/],
  ])('a %s that does not fit', async (name, text, message) => {
    const error = await failure(await make({ 'list_attr_celeba.txt': ATTRIBUTES, [name]: text }), {
      images: 'ignore',
    });
    expect(error).toMatchObject({ name: 'LabelFileError' });
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).toContain(name);
  });

  it('a gzip that is damaged', async () => {
    const error = await failure(
      await make({ 'list_attr_celeba.txt.gz': Uint8Array.from([0x1f, 0x8b, 8, 0, 1]) }),
      {
        images: 'ignore',
      },
    );
    expect(error).toMatchObject({
      name: 'LabelFileError',
      message: expect.stringContaining('gzipped and damaged'),
    });
  });

  it('an empty folder: what was looked for and where to put it', async () => {
    const error = await failure(await make({}));
    expect(error).toMatchObject({ name: 'CelebANotFoundError', code: 'ERR_CELEBA_NOT_FOUND' });
    expect((error as Error).message).toMatch(/looked there, in Anno\/ .* Put list_attr_celeba\.txt there/);
  });

  it('labels without images', async () => {
    expect(await failure(await make(TEXTS))).toMatchObject({
      name: 'CelebANotFoundError',
      message: expect.stringContaining("open the labels alone with images: 'ignore'"),
    });
  });

  it('a path with nothing there', async () => {
    expect(await failure('/nowhere/at/all')).toMatchObject({
      name: 'CelebANotFoundError',
      message: expect.stringContaining('there is nothing at /nowhere/at/all'),
    });
  });

  it('a label that does not exist', async () => {
    const faces = await CelebA.open(await make(TEXTS), { images: 'ignore' });
    expect(() => faces.without('Hat')).toThrow(UnknownLabelError);
    expect(() => faces.without('Hat')).toThrow(/received "Hat"\. Nearest: Wearing_Hat/);
  });

  it('an image of zero bytes, and one that inflates to more than it says, when they are read', async () => {
    const files = await images('img_align_celeba/');
    files[`img_align_celeba/${IDS[1]}`] = new Uint8Array(0);
    const zip = Buffer.from(await zipOf(files, { level: 9 }));
    // the size of the last image's entry in the directory, 24 bytes into it
    zip.writeUInt32LE(20, zip.lastIndexOf('PK\x01\x02', undefined, 'latin1') + 24);
    const faces = await CelebA.open(await make({ ...TEXTS, 'img_align_celeba.zip': zip }));
    await expect(faces.image(1)).rejects.toMatchObject({
      name: 'ImageDecodeError',
      message: expect.stringContaining('the file is empty'),
    });
    await expect(faces.image(5)).rejects.toMatchObject({
      name: 'ImageDecodeError',
      message: expect.stringContaining('does not inflate to its 20 bytes'),
    });
    expect((await faces.image(0)).width).toBe(8);
  });

  it('an image that a zip has twice', async () => {
    const both = { ...(await images('img_align_celeba/')), ...(await images('copy/', [IDS[2]])) };
    const error = await failure(await make({ ...TEXTS, 'img_align_celeba.zip': await zipOf(both) }));
    expect(error).toMatchObject({
      name: 'ZipFormatError',
      message: expect.stringContaining(
        'has 000003.jpg twice, as img_align_celeba/000003.jpg and as copy/000003.jpg',
      ),
    });
  });

  it.each([
    [
      'list_attr_celeba.txt',
      { 'list_attr_celeba.txt': ATTRIBUTES },
      /expected list_attr_celeba.txt to have the published md5 75e246fa4810816ffd6ee81facbd244c; it has [0-9a-f]{32}/,
    ],
    [
      'list_attr_celeba.csv',
      { 'list_attr_celeba.csv': ATTRIBUTES_CSV },
      /none is published for list_attr_celeba.csv/,
    ],
  ])('a %s of another md5 than the published one, where that is to be checked', async (_, files, message) => {
    const error = await failure(await make(files as Record<string, string>), {
      images: 'ignore',
      verify: true,
    });
    expect(error).toMatchObject({ name: 'ChecksumError', code: 'ERR_CHECKSUM' });
    expect((error as Error).message).toMatch(message);
  });

  it('a zip of another md5 than the published one', async () => {
    const zip = await zipOf(await images('img_align_celeba/'));
    const error = await failure(await make({ ...TEXTS, 'img_align_celeba.zip': zip }), { verify: true });
    expect((error as Error).message).toMatch(
      /img_align_celeba.zip to have the published md5 00d2c5bc6d35e252742224ab0c1e8fcb/,
    );
  });

  it('an image that is damaged inside the zip, when it is read', async () => {
    const files = await images('img_align_celeba/');
    files[`img_align_celeba/${IDS[2]}`] = new TextEncoder().encode('broken');
    const faces = await CelebA.open(await make({ ...TEXTS, 'img_align_celeba.zip': await zipOf(files) }));
    await expect(faces.image(2)).rejects.toMatchObject({
      name: 'ImageDecodeError',
      id: IDS[2],
      message: expect.stringMatching(
        /image "000003\.jpg" \(img_align_celeba\/000003\.jpg in .*\.zip\): could not decode/,
      ),
    });
  });
});

describe("images: 'skip'", () => {
  it('leaves out the rows of missing images, each other row keeping its own', async () => {
    const some = await images('img_align_celeba/', [IDS[1], IDS[4]]);
    const faces = await CelebA.open(await make({ ...TEXTS, ...some }), { images: 'skip' });
    expect(faces.ids).toEqual([IDS[1], IDS[4]]);
    expect([...faces.y]).toEqual([1, 1, 0, 1, 0, 0]);
    expect([...faces.groups!]).toEqual([7, 7]);
    expect(faces.splits).toEqual(['train', 'test']);
    expect(Math.abs((await faces.image(1)).data[0] - 200)).toBeLessThanOrEqual(1);
    expect(faces).toBeInstanceOf(CelebA);
  });
});

describe('parseAttributesCsv and parseIdNumbers', () => {
  it('end in a table or in a LabelFileError, whatever the text', async () => {
    const pieces = fc.constantFrom(
      'image_id',
      '1.jpg',
      'Bald',
      '-1',
      '1',
      '0',
      ',',
      ',',
      '"',
      '\n',
      '\r\n',
      ' ',
      'é',
      '\0',
      '7',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 40 }), async (parts) => {
        for (const parse of [parseAttributesCsv, parseIdNumbers]) {
          try {
            const table = await parse(parts.join(''), 'fuzzed');
            if ('y' in table) expect(table.y.length).toBe(table.ids.length * table.labels.length);
            else expect(table.numbers.length).toBe(table.ids.length);
          } catch (error) {
            expect(error).toMatchObject({ name: 'LabelFileError' });
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('parseAttributesText', () => {
  it('ends in a table or in a LabelFileError, whatever the bytes', () => {
    const pieces = fc.constantFrom(
      '1.jpg',
      '2.jpg',
      '-1',
      '1',
      '0',
      ' ',
      '  ',
      '\r\n',
      '\n',
      '\t',
      '-',
      '9',
      'Bald',
      '\0',
      'é',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        try {
          const { ids, labels, y } = parseAttributesText(Buffer.from(parts.join('')), 'fuzzed');
          expect(y.length).toBe(ids.length * labels.length);
          expect(y.every((value) => value <= 1)).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ name: 'LabelFileError' });
        }
      }),
      { numRuns: 2000 },
    );
  });
});
