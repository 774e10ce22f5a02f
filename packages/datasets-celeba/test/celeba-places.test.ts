import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { CelebA } from '../src/index';
import { parseCoordinates } from '../src/labels/parse-coordinates';
import { folderOf, IDS, images, TEXTS, zipOf } from './made-celeba';

const POINTS = ['lefteye', 'righteye', 'nose', 'leftmouth', 'rightmouth'].flatMap((point) => [
  `${point}_x`,
  `${point}_y`,
]);
const points = (row: number) => POINTS.map((_, i) => 10 * row + i);
const boxes = (row: number) => [row, 1, 4 + row, 5];
/** The official form: the count, the names without an id column, padded numbers. */
const LANDMARKS = `${IDS.length}\r\n${POINTS.join(' ')} \r\n${IDS.map(
  (id, row) =>
    `${id} ${points(row)
      .map((n) => String(n).padStart(4))
      .join(' ')}\r\n`,
).join('')}`;
const BOXES = `${IDS.length}\r\nimage_id x_1 y_1 width height\r\n${IDS.map((id, row) => `${id}  ${boxes(row).join('   ')}\r\n`).join('')}`;
const csv = (text: string, header: string) =>
  `${header}\n${text
    .split('\r\n')
    .slice(2)
    .join('\n')
    .replaceAll(/[^\S\n]+/g, ',')}`;

const folders: string[] = [];
afterEach(() => Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true }))));
const make = async (files: Record<string, string | Uint8Array>) => {
  const folder = await folderOf(files);
  folders.push(folder);
  return folder;
};

describe('CelebA.open with landmarks', () => {
  it.each([
    ['the official text, whose header has no id column', { 'list_landmarks_align_celeba.txt': LANDMARKS }],
    ['Kaggle’s csv', { 'list_landmarks_align_celeba.csv': csv(LANDMARKS, `image_id,${POINTS.join(',')}`) }],
    [
      'rows in another order',
      {
        'Anno/list_landmarks_align_celeba.txt': LANDMARKS.replace(/(?<=_y \r\n).*/s, (rows) =>
          rows
            .split(/(?<=\n)/)
            .reverse()
            .join(''),
        ),
      },
    ],
  ])('reads %s, and keeps each row’s own', async (_, files) => {
    const folder = await make({ ...TEXTS, ...(files as Record<string, string>) });
    const faces = await CelebA.open(folder, { images: 'ignore', landmarks: true });
    expect([...faces.landmarks!]).toEqual(IDS.flatMap((_id, row) => points(row)));
    expect([...faces.select([4]).landmarks!]).toEqual(points(4));
    expect((await CelebA.open(folder, { images: 'ignore' })).landmarks).toBeUndefined();
  });

  it('aligns by them', async () => {
    const folder = await make({
      ...TEXTS,
      ...(await images('img_align_celeba/')),
      'list_landmarks_align_celeba.txt': LANDMARKS,
    });
    const faces = (await CelebA.open(folder, { landmarks: true })).align();
    for await (const { pixels } of faces.select([2]).batches({ size: [4, 4], batchSize: 1 })) {
      expect(Math.abs(pixels[0] - 120)).toBeLessThanOrEqual(1);
    }
  });

  it('takes those of the images in the wild for these', async () => {
    const wild = LANDMARKS.replaceAll(/ (\d)(?=[ \r])/g, '1$1');
    const folder = await make({
      ...TEXTS,
      ...(await images('img_celeba/')),
      'list_landmarks_align_celeba.txt': LANDMARKS,
      'list_landmarks_celeba.txt': wild,
    });
    const faces = await CelebA.open(folder, { landmarks: true });
    expect(faces.landmarks![0]).toBe(10);
  });

  it.each([
    [
      'a number too few',
      LANDMARKS.replace('   0 ', ' '),
      /line 3: expected an image id and 10 numbers; received "000001.jpg 1 2/,
    ],
    ['a word', LANDMARKS.replace('   0 ', ' left '), /line 3: expected an image id and 10 numbers/],
    ['lines missing', LANDMARKS.replace(/000006.*/s, ''), /expected 6 images; the file ends after 5/],
    ['another image', LANDMARKS.replace('000006', '000007'), /has no line for "000006.jpg"/],
    ['nothing but names', `${POINTS.join(' ')}\n`, /expected some images; the file ends after 0/],
  ])('refuses %s', async (_, text, message) => {
    const folder = await make({ ...TEXTS, 'list_landmarks_align_celeba.txt': text });
    const opened = CelebA.open(folder, { images: 'ignore', landmarks: true });
    await expect(opened).rejects.toThrow(message);
    await expect(opened).rejects.toMatchObject({ name: 'LabelFileError' });
  });

  it('says where they were looked for', async () => {
    await expect(CelebA.open(await make(TEXTS), { images: 'ignore', landmarks: true })).rejects.toMatchObject(
      {
        name: 'CelebANotFoundError',
        message: expect.stringContaining('found no list_landmarks_align_celeba.txt'),
      },
    );
  });
});

describe('CelebA.open with boxes', () => {
  it.each([
    ['the official text', { 'list_bbox_celeba.txt': BOXES }],
    ['Kaggle’s csv', { 'list_bbox_celeba.csv': csv(BOXES, 'image_id,x_1,y_1,width,height') }],
  ])('crops the images in the wild, by %s', async (_, files) => {
    const folder = await make({
      ...TEXTS,
      ...(await images('img_celeba/')),
      ...(files as Record<string, string>),
    });
    const faces = await CelebA.open(folder, { boxes: true });
    expect(faces.summary()).toContain('framed by boxes');
  });

  it.each(['img_align_celeba/', ''])('refuses the aligned images in %j, with the reason', async (prefix) => {
    const folder = await make({ ...TEXTS, ...(await images(prefix)), 'list_bbox_celeba.txt': BOXES });
    await expect(CelebA.open(folder, { boxes: true })).rejects.toMatchObject({
      name: 'AlignedImagesError',
      code: 'ERR_ALIGNED_IMAGES',
      message: expect.stringMatching(
        /boxes in the images in the wild .* the aligned images .* were cut out of those/,
      ),
    });
  });

  it('tells a zip of the images in the wild from one of the aligned', async () => {
    const wild = await make({
      ...TEXTS,
      'img_celeba.zip': await zipOf(await images('img_celeba/')),
      'list_bbox_celeba.txt': BOXES,
    });
    expect((await CelebA.open(wild, { boxes: true })).length).toBe(6);
    const aligned = await make({
      ...TEXTS,
      'img_align_celeba.zip': await zipOf(await images('img_align_celeba/')),
      'list_bbox_celeba.txt': BOXES,
    });
    await expect(CelebA.open(aligned, { boxes: true })).rejects.toMatchObject({ name: 'AlignedImagesError' });
  });
});

describe('parseCoordinates', () => {
  it('refuses a number that 32 bits do not hold', () => {
    expect(() => parseCoordinates('1.jpg 1e97', 'landmarks.txt', 1)).toThrow(
      'landmarks.txt, line 1: expected an image id and 1 numbers; received "1.jpg 1e97"',
    );
  });

  it('ends in numbers that fit together or in a LabelFileError, whatever the text', () => {
    const pieces = fc.constantFrom(
      '1.jpg',
      '2.jpg',
      '-1',
      '7',
      '3.5',
      'x_1',
      ' ',
      ' ',
      ' ',
      ',',
      '\r\n',
      '\n',
      '\t',
      '-',
      '1e9',
      'NaN',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (parts, width) => {
        try {
          const { ids, numbers } = parseCoordinates(parts.join(''), 'fuzzed', width);
          expect(numbers.length).toBe(ids.length * width);
          expect(numbers.every(Number.isFinite)).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ name: 'LabelFileError' });
        }
      }),
      { numRuns: 2000 },
    );
  });
});
