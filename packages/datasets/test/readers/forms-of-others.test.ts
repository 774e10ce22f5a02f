import { describe, expect, it } from 'vitest';
import {
  type CsvOptions,
  DatasetFileError,
  type ImageDataset,
  type JsonLinesOptions,
  openCoco,
  openCsv,
  openImageFolder,
  openJsonLines,
  openLabelStudio,
  openRows,
} from '../../src/index';

/** Labels, and per row a digit a label, ? where it is unknown. */
const told = ({ labels, y, known, length }: ImageDataset) => [
  labels,
  Array.from({ length }, (_, row) =>
    labels
      .map((_, i) => (known?.[row * labels.length + i] === 0 ? '?' : y[row * labels.length + i]))
      .join(''),
  ).join(' '),
];
const csv = (text: string, options: CsvOptions = {}) =>
  openCsv(new File([text], 'labels.csv'), { images: 'ignore', ...options });
const jsonLines = (text: string, options: JsonLinesOptions = {}) =>
  openJsonLines(new File([text], 'labels.jsonl'), { images: 'ignore', ...options });

const TAGS = { labels: { column: 'tags' } };
const TABLES: readonly {
  of: string;
  text: string;
  options: CsvOptions;
  expected: readonly [readonly string[], string];
}[] = [
  {
    of: "Google's AutoML: no header, the part first, labels to the end of the line",
    text: 'TRAIN,gs://b/1.jpg,cat,dog\nVALIDATION,gs://b/2.jpg,dog\nTEST,gs://b/3.jpg\n',
    options: {
      header: ['part', 'image', 'labels'],
      image: 'image',
      split: 'part',
      labels: { column: 'labels', toEnd: true },
    },
    expected: [['cat', 'dog'], '11 01 00'],
  },
  {
    of: 'MURA: a folder of studies and a flag, no header',
    text: 'MURA-v1.1/train/XR_HAND/p1/study1_positive/,1\nMURA-v1.1/train/XR_HAND/p2/study1_negative/,0\n',
    options: { header: ['study', 'abnormal'] },
    expected: [['abnormal'], '1 0'],
  },
  {
    of: "PASCAL VOC's ImageSets: two spaces before 1, one before -1",
    text: '000012 -1\n000017  1\n',
    options: { separator: ' ', header: ['image', 'cat'] },
    expected: [['cat'], '0 1'],
  },
  {
    of: 'a list of files with a vector, as for ChestX-ray14 and NUS-WIDE',
    text: '1.png 0 0 1\r\n2.png 1 0 1 \r\n',
    options: { separator: ' ', header: ['image', 'a', 'b', 'c'] },
    expected: [['a', 'b', 'c'], '001 101'],
  },
  {
    of: "PETA's Label.txt: an id and as many attributes as there are",
    text: '1 hat backpack male\n10 red\n',
    options: { separator: ' ', header: ['image', 'has'], labels: { column: 'has', toEnd: true } },
    expected: [['backpack', 'hat', 'male', 'red'], '1110 0001'],
  },
  {
    of: 'a header between spaces, quoted names with spaces',
    text: 'file   "a b"  c\n1.png  1      0\n2.png  0      1\n',
    options: { separator: ' ' },
    expected: [['a b', 'c'], '10 01'],
  },
  {
    of: "pandas' index, named when it was read and written again",
    text: 'Unnamed: 0,image,cat,dog\n0,a.png,1,0\n1,b.png,0,1\n',
    options: {},
    expected: [['cat', 'dog'], '10 01'],
  },
  {
    of: "iMet's attribute_ids",
    text: 'id,attribute_ids\na,147 616\nb,616\n',
    options: { labels: { column: 'attribute_ids', delimiter: ' ' } },
    expected: [['147', '616'], '11 01'],
  },
  {
    of: 'PadChest: Python lists, empty ones, and nan in one',
    text: `ImageID,Labels\na.png,"['nodule', nan]"\nb.png,[]\nc.png,"['', 'effusion']"\nd.png,nan\n`,
    options: { labels: { column: 'Labels', missing: 'none' } },
    expected: [['effusion', 'nodule'], '01 00 10 00'],
  },
  {
    of: 'VinDr-CXR: a row a finding and reader',
    text: 'image_id,class_name,rad_id\na,Nodule,R1\na,Mass,R2\nb,No finding,R1\n',
    options: { labels: { column: 'class_name' }, repeated: 'union' },
    expected: [['Mass', 'No finding', 'Nodule'], '101 010'],
  },
  {
    of: "VIA's CSV: a row a region, attributes as JSON",
    text: 'filename,region_attributes\na.png,"{""class"":""cat""}"\na.png,"{""class"":""dog""}"\n',
    options: { labels: { column: 'region_attributes' }, repeated: 'union' },
    expected: [['cat', 'dog'], '11'],
  },
  {
    of: 'tabs and quotes',
    text: 'image\tlabels\n"a b.png"\t"cat, dog"\n"c.png"\t"dog"\n',
    options: { labels: { column: 'labels', delimiter: ',' } },
    expected: [['cat', 'dog'], '11 01'],
  },
];

describe("a table of others' is read, of", () => {
  it.each(TABLES)('$of', async ({ text, options, expected }) => {
    expect(told(await csv(text, options))).toEqual(expected);
  });

  it("Google's AutoML with its parts and addresses", async () => {
    const set = await csv(TABLES[0].text, TABLES[0].options);
    expect(set.splits).toEqual(['train', 'validation', 'test']);
    expect(set.ids).toEqual(['gs://b/1.jpg', 'gs://b/2.jpg', 'gs://b/3.jpg']);
  });
});

describe("JSON of others' is read, of", () => {
  it.each([
    {
      of: 'Vertex AI: objects that name a label each',
      text: '{"imageGcsUri":"gs://b/a.jpg","annotations":[{"displayName":"cat"},{"displayName":"dog"}]}\n{"imageGcsUri":"gs://b/b.jpg","annotations":[]}\n',
      options: { labels: { column: 'annotations' } },
      expected: [['cat', 'dog'], '11 00'],
    },
    {
      of: "Azure Custom Vision's answer: a list of objects with tags",
      text: '[{"originalImageUri":"https://x/a.jpg","tags":[{"tagId":"1","tagName":"cat"}]},\n{"originalImageUri":"https://x/b.jpg","tags":[]}]',
      options: TAGS,
      expected: [['cat'], '1 0'],
    },
    {
      of: "SageMaker Ground Truth's manifest: class numbers",
      text: '{"source-ref":"s3://b/a.jpg","has":[1,0]}\n{"source-ref":"s3://b/b.jpg","has":[2]}\n',
      options: { labels: { column: 'has', names: ['cat', 'dog', 'cow'] } },
      expected: [['cat', 'dog', 'cow'], '110 001'],
    },
  ])('$of', async ({ text, options, expected }) => {
    expect(told(await jsonLines(text, options))).toEqual(expected);
  });

  it("LabelMe beside its image: the shapes' labels and the flags that are set", async () => {
    const json = {
      version: '5',
      flags: { night: true, rain: false },
      shapes: [{ label: 'dog' }],
      imagePath: 'a.jpg',
    };
    const files = [new File(['x'], 'a.jpg'), new File([JSON.stringify(json)], 'a.json')];
    expect(told(await openImageFolder(files))).toEqual([['dog', 'night'], '11']);
  });
});

describe('a table is refused, with what to do, that', () => {
  it.each([
    { that: 'begins with a row', text: 'a.png,1,0\nb.png,0,1\n', says: "header: ['image', …]" },
    { that: 'begins with a path', text: 'p1/study1/,1\np2/study1/,0\n', says: "header: ['image', …]" },
    { that: 'has spaces between its cells', text: '000012 -1\n000017  1\n', says: "separator: ' '" },
    {
      that: 'has another column before the images',
      text: 'index,image,cat\n0,a.png,1\n',
      says: 'image: "image"',
    },
  ])('$that', async ({ text, says }) => {
    const error = await csv(text).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(DatasetFileError);
    expect(String(error)).toContain(says);
  });

  it.each(['/', '+', '&'])(
    'names labels by %s: the words of one row are labels of others',
    async (between) => {
      const text = `file,tags\na.jpg,cat\nb.jpg,dog ${between} cat\nc.jpg,dog\n`;
      await expect(csv(text, TAGS)).rejects.toThrow(
        `line 3: received "dog ${between} cat", whose words are labels of other rows. Say what stands between names: labels: { delimiter: '${between}' }`,
      );
      const split = csv(text, { labels: { column: 'tags', delimiter: between } });
      expect(told(await split)).toEqual([['cat', 'dog'], '10 11 01']);
    },
  );

  it("has weights behind its names, as Tencent's ML-Images", async () => {
    const text = 'https://example.org/a.jpg\t2964:1\t2913:0.9\n';
    const options = { separator: '\t' as const, header: ['url', 'tags'] };
    await expect(csv(text, { ...options, labels: { column: 'tags', toEnd: true } })).rejects.toThrow(
      'line 1: expected names of labels; received "2964:1", which looks like a name with a weight. Give the names alone: openRows(rows)',
    );
    const ratio = csv('file,tags\na.jpg,ratio:1\n', { labels: { column: 'tags', form: 'names' } });
    expect(told(await ratio)).toEqual([['ratio:1'], '1']);
  });

  it('has answers that the annotator rejected, as Prodigy writes them', async () => {
    const text = ['accept', 'reject', 'ignore']
      .map((answer, i) => JSON.stringify({ image: `${i}.jpg`, accept: [`tag ${i}`], answer }))
      .join('\n');
    const labels = { column: 'accept' };
    await expect(jsonLines(text, { labels })).rejects.toThrow(
      'line 2: expected labels that the annotator accepts; received those of an answer "reject". Correct the file, or leave such rows out with onProblem: \'skip\'',
    );
    const accepted = await jsonLines(text, { labels, onProblem: 'skip' });
    expect(told(accepted)).toEqual([['tag 0'], '1']);
    expect(accepted.problems?.length).toBe(2);
  });

  it("is COCO's panoptic form: the categories of an image's segments", async () => {
    const panoptic = (segments: unknown) =>
      openCoco(
        new TextEncoder().encode(
          JSON.stringify({
            images: [
              { id: 1, file_name: 'a.jpg' },
              { id: 2, file_name: 'b.jpg' },
            ],
            categories: [
              { id: 1, name: 'person' },
              { id: 92, name: 'banner' },
            ],
            annotations: [{ image_id: 2, file_name: 'b.png', segments_info: segments }],
          }),
        ),
        { images: 'ignore' },
      );
    expect(told(await panoptic([{ category_id: 92 }, { category_id: 1 }]))).toEqual([
      ['person', 'banner'],
      '00 11',
    ]);
    expect(told(await panoptic([]))).toEqual([['person', 'banner'], '00 00']);
    await expect(panoptic([3])).rejects.toThrow('annotation 0: expected segments_info as a list of objects');
    await expect(panoptic([{ category_id: 5 }])).rejects.toThrow('is of category 5, which is not there');
  });

  it('names labels by spaces: the words of one row are labels of others', async () => {
    const plants = 'image,tags\na.jpg,scab\nb.jpg,scab complex\nc.jpg,complex\n';
    await expect(csv(plants, TAGS)).rejects.toThrow(/"scab complex".*delimiter: ' '/);
    const spaced = await csv(plants, { labels: { column: 'tags', delimiter: ' ' } });
    expect(told(spaced)).toEqual([['complex', 'scab'], '01 11 10']);
    // a name of two words, of which one is a label, is a name
    const lungs = await csv('image,tags\na.jpg,edema\nb.jpg,pulmonary edema\n', TAGS);
    expect(lungs.labels).toEqual(['edema', 'pulmonary edema']);
  });

  it('has columns behind the one whose names go to the end', async () => {
    const labels = { column: 'tags', toEnd: true };
    await expect(csv('image,tags,more\na.jpg,cat,1\n', { labels })).rejects.toThrow(
      /expected "tags" as the last column/,
    );
  });

  it('has an object for an image', async () => {
    const row = '{"data_row":{"id":1},"tags":["cat"]}\n';
    await expect(jsonLines(row, TAGS)).rejects.toThrow(/expected the name of an image in "data_row"/);
  });
});

describe("another tool's JSON", () => {
  const via = new File(['{"a.jpg1":{"filename":"a.jpg","regions":[]}}'], 'via.json');

  it.each([
    ['COCO', openCoco],
    ['Label Studio', openLabelStudio],
  ])('is refused by the reader of %s, which names openRows', async (_, open) => {
    await expect(open(via, { images: 'ignore' })).rejects.toThrow(/openRows\(rows\)/);
  });

  it('is opened as rows that a program makes of it, with all that tables have', async () => {
    const rows = [
      { image: 'a.jpg', labels: ['cat'], person: 1, part: 'train' },
      { image: 'b.jpg', labels: [], person: 2, part: 'test' },
    ];
    const options = { labels: { column: 'labels' }, group: 'person', split: 'part' };
    const set = await openRows(rows, options);
    expect(told(set)).toEqual([['cat'], '1 0']);
    expect([set.groups, set.splits]).toEqual([
      ['1', '2'],
      ['train', 'test'],
    ]);
    const files = [new File(['x'], 'a.jpg'), new File(['y'], 'b.jpg')];
    expect(Buffer.from(await (await openRows(rows, { ...options, files })).bytes(1)).toString()).toBe('y');
  });

  it.each([
    { rows: [], says: 'expected rows; received none' },
    { rows: [{ image: 'a' }, 'b'], says: 'row 1: expected an object' },
  ])('is refused as rows: $says', async ({ rows, says }) => {
    await expect(openRows(rows as never)).rejects.toThrow(says);
  });
});

describe('missing words within a list', () => {
  const list = (cell: string, missing: 'none' | 'unknown' | 'label') =>
    csv(`image,tags\na.png,${cell}\nb.png,mass\n`, { labels: { column: 'tags', missing } });

  it.each([
    ['in quotes', `"['nodule', 'nan']"`],
    ['without', `"['nodule', nan]"`],
    ['by bars', 'nodule|nan'],
  ])('count as asked for, %s', async (_, cell) => {
    expect(told(await list(cell, 'none'))).toEqual([['mass', 'nodule'], '01 10']);
    expect(told(await list(cell, 'unknown'))).toEqual([['mass'], '? 1']);
    expect(told(await list(cell, 'label'))).toEqual([['mass', 'nan', 'nodule'], '011 100']);
  });
});
