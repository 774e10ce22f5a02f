import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyLabels } from '../../src/label-files/apply-labels';
import { type LabelTable, labelTable } from '../../src/label-files/label-table';
import { labelsByFolder } from '../../src/label-files/labels-by-folder';
import { labelsToCoco } from '../../src/label-files/labels-to-coco';
import { labelsToCsv } from '../../src/label-files/labels-to-csv';
import { readCocoLabels, readCsvLabels } from '../../src/label-files/read-labels';
import { addLabel } from '../../src/project/labels';
import { sampleImage, sampleProject } from '../sample-project';

const table: LabelTable = {
  labels: ['dog', 'red'],
  rows: [
    { image: 'a.png', values: [1, 0] },
    { image: 'b, "old".png', values: [undefined, 1] },
    { image: 'c.png', values: [0, 0] },
  ],
};

test('CSV has a row per image, and an empty cell if a label is not decided', () => {
  expect(labelsToCsv(table)).toBe('image,dog,red\r\na.png,1,0\r\n"b, ""old"".png",,1\r\nc.png,0,0\r\n');
});

test.each([
  ['=HYPERLINK("http://evil.example","dog")', `"'=HYPERLINK(""http://evil.example"",""dog"")"`],
  ['+1-2', "'+1-2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-cmd', "'-cmd"],
  ["'=x", "''=x"],
  ["it's", "it's"],
])('the name %s is no formula in a spreadsheet, and is read again as it was', async (given, cell) => {
  const written: LabelTable = { labels: [given, 'other'], rows: [{ image: given, values: [1, 0] }] };
  const csv = labelsToCsv(written);
  expect(csv).toBe(`image,${cell},other\r\n${cell},1,0\r\n`);
  expect(await readCsvLabels(new File([csv], 'labels.csv'))).toEqual(written);
});

test('COCO has a box around the whole image per label', () => {
  const { images, categories, annotations } = labelsToCoco(
    { labels: ['dog', 'red'], rows: [{ image: 'a.png', values: [0, 1] }] },
    [{ width: 4, height: 2 }],
  );
  expect(images).toEqual([{ id: 1, file_name: 'a.png', width: 4, height: 2 }]);
  expect(categories.map(({ name }) => name)).toEqual(['dog', 'red']);
  expect(annotations).toEqual([
    { id: 1, image_id: 1, category_id: 2, bbox: [0, 0, 4, 2], area: 8, iscrowd: 0 },
  ]);
});

const value = fc.constantFrom(0 as const, 1 as const, undefined);
/** Characters that CSV, spreadsheets, JSON or HTML give a meaning to, and letters of several scripts. */
const ODD = [...'ab01"\',;|\t=+-@\n\r <&%:#$()日é😀', '\u202e', '\u00a0'];
const odd = fc.string({ unit: fc.constantFrom(...ODD), minLength: 1, maxLength: 10 });
const label = odd
  .filter((text) => text.trim() !== '')
  .map((text) => addLabel({ labels: [], images: [] }, text).labels[0]?.name ?? '');
const image = odd.map((text) => `${text}.png`.trim());
const anyTable = fc
  .record({
    labels: fc.uniqueArray(label, { minLength: 1, maxLength: 4, selector: (text) => text.toLowerCase() }),
    images: fc.uniqueArray(image, { minLength: 1, maxLength: 6 }),
  })
  .chain(({ labels, images }) =>
    fc.record({
      labels: fc.constant(labels),
      rows: fc.tuple(
        ...images.map((image) =>
          fc.record({
            image: fc.constant(image),
            values: fc.array(value, { minLength: labels.length, maxLength: labels.length }),
          }),
        ),
      ),
    }),
  );

describe('what is exported is read again as it was', () => {
  const read = async (written: LabelTable, way: 'csv' | 'coco') => {
    if (way === 'csv') return readCsvLabels(new File([labelsToCsv(written)], 'labels.csv'));
    const coco = labelsToCoco(written, []);
    return readCocoLabels(new File([JSON.stringify(coco)], 'labels.json'));
  };

  test.each(['csv', 'coco'] as const)('%s', async (way) => {
    await fc.assert(
      fc.asyncProperty(anyTable, async (written) => {
        expect(await read(written, way)).toEqual(written);
      }),
      { numRuns: 200 },
    );
  });
});

test.each([
  ['no CSV of labels', 'labels.csv', '<!doctype html><html></html>', readCsvLabels],
  ['no COCO annotations', 'labels.json', '{"images": 3}', readCocoLabels],
  ['no JSON', 'labels.json', '{', readCocoLabels],
])('%s is refused by one sentence about the file', async (_, file, text, read) => {
  await expect(read(new File([text], file))).rejects.toThrow(
    new RegExp(`^The labels in "${file}" can't be read: .*Your labels stay as they are\\.$`, 's'),
  );
});

describe('applyLabels', () => {
  test('adds labels that are new, and finds labels in other case', () => {
    const { project, newLabels } = applyLabels(sampleProject({ 'a.png': {} }), {
      labels: ['DOG', 'hat'],
      rows: [{ image: 'a.png', values: [1, 0] }],
    });
    expect(newLabels).toEqual(['hat']);
    expect(project.labels.map(({ name }) => name)).toEqual(['dog', 'red', 'hat']);
    expect(labelTable(project).rows[0]?.values).toEqual([1, undefined, 0]);
  });

  test('leaves marks that the file does not know', () => {
    const { project } = applyLabels(sampleProject({ 'a.png': { D: 1, R: 1 } }), {
      labels: ['dog', 'red'],
      rows: [{ image: 'a.png', values: [undefined, 0] }],
    });
    expect(project.images[0]?.marks).toEqual({ D: 1, R: 0 });
  });

  test.each([
    ['the whole name', 'cats/1.png'],
    ['a longer path', './data/cats/1.png'],
    ['back slashes', 'C:\\data\\cats\\1.png'],
    ['the file name alone, if no other image has it', '2.png'],
    ['a name without the spaces at its ends', 'bird.png'],
  ])('finds an image by %s', (_, image) => {
    const before = sampleProject({ 'cats/1.png': {}, 'dogs/1.png': {}, 'cats/2.png': {}, ' bird.png': {} });
    const { images, unknown, ambiguous } = applyLabels(before, {
      labels: ['dog'],
      rows: [{ image, values: [1] }],
    });
    expect({ images, unknown, ambiguous }).toEqual({ images: 1, unknown: [], ambiguous: [] });
  });

  test('names rows that fit no image, or several', () => {
    const { project, ...rest } = applyLabels(sampleProject({ 'cats/1.png': {}, 'dogs/1.png': {} }), {
      labels: ['dog'],
      rows: [
        { image: '1.png', values: [1] },
        { image: '9.png', values: [1] },
      ],
    });
    expect(rest).toEqual({ images: 0, newLabels: [], unknown: ['9.png'], ambiguous: ['1.png'] });
    expect(project.images.map(({ marks }) => marks)).toEqual([{}, {}]);
  });
});

test('labelsByFolder takes the nearest folder, and leaves images without a folder alone', () => {
  const project = { labels: [], images: ['x/cat/1.png', 'dog/1.png', 'top.png'].map((n) => sampleImage(n)) };
  expect(labelsByFolder(project)).toEqual({
    labels: ['cat', 'dog'],
    rows: [
      { image: 'x/cat/1.png', values: [1, 0] },
      { image: 'dog/1.png', values: [0, 1] },
    ],
  });
});
