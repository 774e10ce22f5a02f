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
    of: "RSNA's long form: a row an image and label, which stand in one cell",
    text: 'ID,Label\nID_1_epidural,0\nID_1_any,1\nID_2_epidural,1\nID_2_any,1\nID_3_any,0\n',
    options: { labels: { column: 'ID', after: '_', confidence: 'Label' } },
    expected: [['any', 'epidural'], '10 11 0?'],
  },
  {
    of: 'labels behind a name that has a column of its own',
    text: 'key,file,there\na#cat,a.png,1\na#dog,a.png,0\n',
    options: { image: 'file', labels: { column: 'key', after: '#', confidence: 'there' } },
    expected: [['cat', 'dog'], '10'],
  },
  {
    of: "Danbooru's tag_string",
    text: 'id,tag_string,tag_string_artist\n1,1girl long_hair solo,x\n2,1boy solo,x\n',
    options: { labels: { column: 'tag_string' } },
    expected: [['1boy', '1girl', 'long_hair', 'solo'], '0111 1001'],
  },
  {
    of: 'class numbers between bars, as Human Protein Atlas has them',
    text: 'ID,Label\na,2|1|0\nb,1\n',
    options: { labels: { column: 'Label', names: ['x', 'y', 'z'] } },
    expected: [['x', 'y', 'z'], '111 010'],
  },
  {
    of: 'class numbers between what is said to stand there',
    text: 'ID,Label\na,2/1/0\nb,1\n',
    options: { labels: { column: 'Label', delimiter: '/', names: ['x', 'y', 'z'] } },
    expected: [['x', 'y', 'z'], '111 010'],
  },
  {
    of: "CUB's attributes: a row an image and attribute, by numbers",
    text: '1 1 0 3 27.7\n1 2 1 3 27.7\n2 1 1 3 20.1\n',
    options: {
      separator: ' ',
      header: ['image', 'attribute', 'present', 'certainty', 'time'],
      labels: { column: 'attribute', confidence: 'present' },
    },
    expected: [['1', '2'], '01 1?'],
  },
  {
    of: "CelebA's list: a count, names without one of the images, spaces",
    text: '2\nBald Smiling\n1.jpg -1  1\n2.jpg  1  1\n',
    options: { separator: ' ' },
    expected: [['Bald', 'Smiling'], '01 11'],
  },
  {
    of: 'the same without a count',
    text: 'Bald Smiling\n1.jpg -1  1\n2.jpg  1  1\n',
    options: { separator: ' ' },
    expected: [['Bald', 'Smiling'], '01 11'],
  },
  {
    of: "DeepFashion's list: a count, and names of columns that aren't its labels'",
    text: '2\nimage_name attribute_labels\nimg/1.jpg -1 1\nimg/2.jpg 1 1\n',
    options: { separator: ' ', header: ['image', 'a', 'b'], onProblem: 'skip' },
    expected: [['a', 'b'], '01 11'],
  },
  {
    of: 'MIMIC-CXR with its split: validate',
    text: 'dicom_id,subject_id,split,Edema\na,10,train,1.0\nb,11,validate,-1.0\n',
    options: { labels: ['Edema'], split: 'split', group: 'subject_id', values: 'chexpert' },
    expected: [['Edema'], '1 ?'],
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

  it.each([
    [
      "LabelMe: the shapes' labels and the flags that are set",
      'a.json',
      { version: '5', flags: { night: true, rain: false }, shapes: [{ label: 'dog' }], imagePath: 'a.jpg' },
    ],
    [
      'Supervisely: objects and tags',
      'a.jpg.json',
      { tags: [{ name: 'night' }], objects: [{ classTitle: 'dog' }] },
    ],
    ['Cityscapes: objects', 'a.json', { imgWidth: 2, objects: [{ label: 'dog' }, { label: 'night' }] }],
    ['V7: annotations', 'a.json', { item: {}, annotations: [{ name: 'dog' }, { name: 'night', tag: {} }] }],
  ])('%s, beside its image', async (_, name, json) => {
    const files = [new File(['x'], 'a.jpg'), new File([JSON.stringify(json)], name)];
    expect(told(await openImageFolder(files))).toEqual([['dog', 'night'], '11']);
  });

  it.each([
    ['objects without names', { tags: [], objects: [{ polygon: [] }] }],
    ["Google's answer", { labelAnnotations: [{ description: 'Cat' }] }],
  ])('not of %s beside an image', async (_, json) => {
    const files = [new File(['x'], 'a.jpg'), new File([JSON.stringify(json)], 'a.json')];
    await expect(openImageFolder(files)).rejects.toThrow(/expected a JSON list of label names/);
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
    for (const cell of ['cat:0 dog:1', 'cat=1', 'cat: 0.25']) {
      await expect(csv(`file,tags\na.jpg,${cell}\n`, TAGS)).rejects.toThrow(
        /looks like a name with a weight/,
      );
    }
    const ratio = csv('file,tags\na.jpg,ratio:1\n', { labels: { column: 'tags', form: 'names' } });
    expect(told(await ratio)).toEqual([['ratio:1'], '1']);
  });

  it.each([
    ['words with underscores between spaces', 'scab;blight_of_leaf complex', 'blight_of_leaf complex', ' '],
    ['the same words in another order', 'clear primary;haze;primary clear', 'primary clear', ' '],
    [
      'more names than words',
      'haze primary road;clear primary;clear road;haze road;clear haze;primary road',
      'haze primary road',
      ' ',
    ],
    ['numbers between slashes', '14;8/5/0', '8/5/0', '/'],
  ])('has several names in a cell: %s', async (_, cells, name, delimiter) => {
    const rows = cells.split(';').map((cell, i) => `${i}.jpg,${cell}\n`);
    await expect(csv(`file,tags\n${rows.join('')}`, TAGS)).rejects.toThrow(
      new RegExp(`received "${name}", .*delimiter: '${delimiter}'`),
    );
    const names = await csv(`file,tags\n${rows.join('')}`, { labels: { column: 'tags', delimiter: '|' } });
    expect(names.labels).toContain(name);
  });

  it.each([
    ["KITTI's boxes", 'Car 0.00 0 -1.57 599.41 156.40 629.75\n', /a line of coordinates/],
    ["DOTA's boxes", 'gsd:0.14\n2753 2408 2861 2385 plane 0\n', /a line of coordinates/],
    ["VisDrone's boxes", '684,8,273,116,0,0,0,0\n', /received numbers \(684 8 273/],
    ['a caption', 'A photo of a cat that sits on a mat.\n', /a sentence/],
  ])('has %s beside its images', async (_, content, says) => {
    const files = [new File(['x'], 'a.jpg'), new File([content], 'a.txt')];
    await expect(openImageFolder(files)).rejects.toThrow(says);
  });

  it.each([
    ['hashtags', '#cat #dog', ' '],
    ['and', 'cat and dog;cat;dog', ' and '],
    ['a dot', 'cat \u00b7 dog;cat;dog', '\u00b7'],
    ['Chinese commas', '\u732b\uff0c\u72d7;\u732b', '\uff0c'],
  ])('has names between %s', async (_, cells, delimiter) => {
    const text = `file,tags\n${cells
      .split(';')
      .map((cell, i) => `${i}.jpg,${cell}\n`)
      .join('')}`;
    await expect(csv(text, TAGS)).rejects.toThrow(`delimiter: '${delimiter}'`);
    expect((await csv(text, { labels: { column: 'tags', delimiter } })).labels.length).toBe(2);
  });

  it.each([
    ['accents', 'caf\u00e9', 'cafe\u0301'],
    ['characters that show nothing', 'cat', 'cat\u200b'],
    ['kinds of spaces', 'left lung', 'left\u00a0lung'],
  ])('has names that look the same, but for %s', async (_, one, other) => {
    const text = `file,tags\n1.jpg,${one}\n2.jpg,${other}\n`;
    await expect(csv(text, TAGS)).rejects.toThrow(/expected names that look different/);
    expect((await csv(text, { labels: { column: 'tags', names: [one, other] } })).y.join('')).toBe('1001');
  });

  it("has labels in its ids, as RSNA's long form", async () => {
    const rows = ['any', 'epidural', 'subdural'].flatMap((label) =>
      [1, 2].map((id) => `ID_${id}_${label},1\n`),
    );
    const text = `ID,Label\n${rows.join('')}`;
    await expect(csv(text)).rejects.toThrow(
      /ids such as "ID_1_any", .* the same 3 words.*labels: \{ column: 'ID', after: '_', confidence: 'Label' \}, or name the label: labels: \['Label'\]/,
    );
    expect((await csv(text, { labels: ['Label'] })).length).toBe(6);
  });

  it.each<[string, string, CsvOptions, RegExp]>([
    [
      'a confidence of 0 that nobody asked about',
      'ImageID,LabelName,Confidence\na,cat,1\na,dog,0\n',
      { labels: { column: 'LabelName' }, repeated: 'union' },
      /line 3: .*"Confidence" of 0.*labels: \{ confidence: 'Confidence' \}/,
    ],
    [
      'one column for images and labels',
      'ID,Label\na_cat,1\n',
      { labels: { column: 'ID' } },
      /"ID" is both.*after: '_'/,
    ],
    [
      'a cell without what stands before the label',
      'ID,Label\na,1\n',
      { labels: { column: 'ID', after: '_', confidence: 'Label' } },
      /expected an image, "_" and a label in "ID"; received "a"/,
    ],
    [
      'numbers as a header',
      '0 1 0 1\n1 0 0 1\n',
      { separator: ' ' },
      /numbers alone.*header: \['image', …\]/,
    ],
    [
      "MovieLens' word for no genre",
      'id,genres\n1,Drama|Comedy\n2,(no genres listed)\n',
      { labels: { column: 'genres' } },
      /"\(no genres listed\)", which mostly stands for a missing value.*missing: 'none'/,
    ],
    ['a dash', 'id,tags\n1,cat\n2,-\n', TAGS, /"-", which mostly stands for a missing value/],
    ['semicolons', 'id,tags\n1,cat;dog\n2,cow\n', TAGS, /delimiter: ';'/],
  ])('has %s', async (_, text, options, says) => {
    await expect(csv(text, options)).rejects.toThrow(says);
    await expect(csv(text, options)).rejects.toBeInstanceOf(DatasetFileError);
  });

  it("is a folder an image with its labels in a JSON, as BigEarthNet's", async () => {
    const paths = ['S2A_1/B01.tif', 'S2A_1/S2A_1_labels.json', 'S2A_2/B01.tif', 'S2A_2/S2A_2_labels.json'];
    const files = paths.map((path) => {
      const file = new File(['{"labels":["Sea"]}'], path.split('/')[1]);
      Object.defineProperty(file, 'webkitRelativePath', { value: `root/${path}` });
      return file;
    });
    await expect(openImageFolder(files)).rejects.toThrow(
      /has a JSON beside them \(S2A_1\/S2A_1_labels\.json\).*openRows/,
    );
    expect((await openImageFolder(files, { labels: ['S2A_1', 'S2A_2'] })).length).toBe(2);
  });

  it.each([
    ['a parquet file', 'PAR1\x15\x04', /parquet file; open it with openParquet/],
    ['an Arrow file', 'ARROW1\0\0', /Arrow file; open it with openArrow/],
    ["MATLAB's .mat", 'MATLAB 5.0 MAT-file, Platform: GLNXA64', /MATLAB's \.mat; write its table as CSV/],
    ["MATLAB's .mat since 7.3", '\x89HDF\r\n\x1a\n', /HDF5.*h5py/],
    ['an array of NumPy', '\x93NUMPY\x01\0v\0', /NumPy; write it as CSV/],
    ['a pickle', '\x80\x04\x95\x10\0', /pickle; write it as CSV/],
    ['a database', 'SQLite format 3\0', /SQLite.*openRows/],
    ['an old spreadsheet', '\xd0\xcf\x11\xe0\xa1\xb1', /\.xls; save it as \.xlsx/],
    ['a tar archive', `${'a.png'.padEnd(257, '\0')}ustar\0`, /tar archive; open shards of WebDataset/],
  ])('is %s', async (_, content, says) => {
    const bytes = Uint8Array.from(content, (letter) => letter.charCodeAt(0));
    for (const open of [openCsv, openJsonLines, openCoco] as const)
      await expect(open(bytes, { images: 'ignore' })).rejects.toThrow(says);
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

describe('a table is read as it stands that', () => {
  it('has names of several words that aren’t several names', async () => {
    const cells = ['pleural effusion', 'pleural thickening', 'lung opacity', 'left lung mass', 'no finding'];
    const rows = cells.map((cell, i) => `${i}.jpg,${cell}\n`);
    expect((await csv(`file,tags\n${rows.join('')}`, TAGS)).labels).toEqual([...cells].sort());
  });

  it.each([
    ['sides', 'id,label\n10_left,0\n10_right,1\n11_left,0\n11_right,1\n'],
    ['numbers', 'id,label\np1_1,0\np1_2,1\np2_1,0\np2_2,1\n'],
    ['a label of another name', 'id,Edema\na_one,0\na_two,1\nb_one,0\nb_two,1\n'],
    ['words that not all have', 'id,label\na_one,0\na_two,1\nb_one,0\n'],
  ])('has ids that end in words, which are no labels: %s', async (_, text) => {
    expect((await csv(text)).labels.length).toBe(1);
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
