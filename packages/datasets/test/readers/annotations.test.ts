import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCvat, openJsonLines, openLabelStudio, openVoc, openWebDataset, openYolo } from '../../src/index';
import { greyPngs } from '../grey-pngs';
import { tarOf } from '../tar-of';

const encode = (text: string) => new TextEncoder().encode(text);
/** Files as a page gets them from a picked folder. */
const picked = (files: Readonly<Record<string, string | Uint8Array>>) =>
  Object.entries(files).map(([path, content]) => {
    const file = new File([content as BlobPart], path.split('/').at(-1)!);
    Object.defineProperty(file, 'webkitRelativePath', { value: `set/${path}` });
    return file;
  });
const annotation = (name: string, ...labels: string[]) =>
  `<annotation>\n<filename>${name}</filename>${labels.map((label) => `<object><name>${label}</name><part><name>head</name></part></object>`).join('')}</annotation>`;

describe('openVoc', () => {
  it('reads objects, not their parts, with entities, and parts of the data by folder', async () => {
    const set = await openVoc(
      picked({
        'train/a.xml': `<?xml version="1.0"?><!-- by a tool -->${annotation('x.jpg', 'cat &amp; dog', 'cow')}`,
        'train/x.jpg': 'x',
        'test/a.xml': annotation('x.jpg'),
        'test/x.jpg': 'x',
      }),
    );
    expect([set.ids, set.labels, set.y.join(''), set.splits]).toEqual([
      ['test/x.jpg', 'train/x.jpg'],
      ['cat & dog', 'cow'],
      '0011',
      ['test', 'train'],
    ]);
  });

  it.each([
    ['at the top', ''],
    ['in a folder of its own', 'VOC2007/'],
  ])("reads VOC's official parts of ImageSets/Main, %s, if they have all images", async (_, root) => {
    const files = {
      [`${root}Annotations/000012.xml`]: annotation('000012.jpg', 'cat'),
      [`${root}Annotations/000017.xml`]: annotation('000017.jpg'),
      [`${root}JPEGImages/000012.jpg`]: 'x',
      [`${root}JPEGImages/000017.jpg`]: 'x',
      [`${root}ImageSets/Main/train.txt`]: '000017\n',
      [`${root}ImageSets/Main/trainval.txt`]: '000012\n000017\n',
      [`${root}ImageSets/Main/cat_val.txt`]: '000012  1\n',
    };
    const all = { ...files, [`${root}ImageSets/Main/val.txt`]: '000012\r\n' };
    expect((await openVoc(picked(all))).splits).toEqual(['validation', 'train']);
    expect((await openVoc(picked(files))).splits).toBeUndefined();
  });

  it.each([
    ['no XML', 'cat', /expected XML|one element/],
    ['an element that is not closed', '<annotation><filename>a', /the file ends before/],
    ['elements that cross', '<a><b></a></b>', /expected the end of <b>/],
    ['another document', '<svg></svg>', /expected an <annotation>/],
    [
      'an object without a name',
      '<annotation><filename>a.jpg</filename><object/></annotation>',
      /a <name> in each/,
    ],
    ['a document type with entities', '<!DOCTYPE a [<!ENTITY b "c">]><a/>', /expected XML/],
    ['elements nested deeply', '<a>'.repeat(1000), /at most 64 elements/],
  ])('refuses %s', async (_, xml, message) => {
    await expect(openVoc(picked({ 'a.xml': xml, 'a.jpg': 'x' }))).rejects.toThrow(message);
  });
});

describe('openYolo', () => {
  const images = { 'images/train/a.jpg': 'x', 'images/val/b.jpg': 'x' };
  it.each([
    ['a list', 'names: [cat, dog]'],
    ['names by number', 'names:\n  1: dog\n  0: cat\n'],
  ])('reads the classes of %s', async (_, yaml) => {
    const set = await openYolo(
      picked({ ...images, 'data.yaml': yaml, 'labels/train/a.txt': '1 .5 .5 .1 .1\n1 .2 .2 .1 .1\n' }),
    );
    expect([set.labels, set.y.join(''), set.splits]).toEqual([
      ['cat', 'dog'],
      '0100',
      ['train', 'validation'],
    ]);
  });

  it.each([
    ['no names', {}, /found no names of classes/],
    [
      'a class without a name',
      { 'classes.txt': 'cat\n', 'labels/train/a.txt': '3 .5 .5 .1 .1' },
      /received class 3/,
    ],
    [
      'a line that is no box',
      { 'classes.txt': 'cat\n', 'labels/train/a.txt': 'cat' },
      /expected a class number/,
    ],
    ['a YAML that is none', { 'data.yaml': 'names: [a' }, /expected YAML/],
  ])('refuses %s', async (_, files, message) => {
    const given = picked({ ...images, ...(files as Record<string, string>) });
    await expect(openYolo(given)).rejects.toThrow(message);
    await expect(openYolo(given)).rejects.toMatchObject({ name: 'DatasetFileError' });
  });
});

describe('openCvat', () => {
  it('takes the labels of the task in its order, drawn or not, and its subsets', async () => {
    const meta =
      '<meta><task><labels><label><name>dog</name></label><label><name>cat</name></label></labels></task></meta>';
    const xml = `<annotations>${meta}<image name="a.png" subset="Train"><polygon label="cat" points="1,2"></polygon></image></annotations>`;
    const set = await openCvat(encode(xml));
    expect([set.labels, set.y.join(''), set.splits]).toEqual([['dog', 'cat'], '01', ['train']]);
    await expect(openCvat(encode('<annotations><track/></annotations>'))).rejects.toThrow(/CVAT for images/);
  });
});

describe('openLabelStudio', () => {
  it('leaves cancelled annotations and tasks without one out', async () => {
    const result = (choice: string) => [{ value: { choices: [choice] } }];
    const tasks = [
      {
        data: { image: '/data/local-files/?d=sub%2Fa.png' },
        annotations: [{ result: result('cat') }, { was_cancelled: true, result: result('cow') }],
      },
      { data: { image: 'b.png' }, annotations: [] },
    ];
    const set = await openLabelStudio(encode(JSON.stringify(tasks)));
    expect([set.ids, set.labels, set.y.join('')]).toEqual([['sub/a.png'], ['cat'], '1']);
  });

  it('reads JSON-MIN', async () => {
    const tasks = [
      { image: 'a.png', choice: { choices: ['cat', 'dog'] } },
      { image: 'b.png', choice: 'dog' },
      { image: 'c.png', label: [{ rectanglelabels: ['cow'] }] },
    ];
    const set = await openLabelStudio(encode(JSON.stringify(tasks)));
    expect([set.labels, set.y.join('')]).toEqual([['cat', 'cow', 'dog'], '101001010']);
  });

  it.each([
    ['no JSON', '{', /expected JSON/],
    ['no list', '{}', /expected a list of tasks/],
    ['a task without an image', '[{"data":{}}]', /task 0 has no image/],
    [
      'annotations that are none',
      '[{"data":{"image":"a"},"annotations":3}]',
      /task 0 has no list of annotations/,
    ],
  ])('refuses %s', async (_, json, message) => {
    await expect(openLabelStudio(encode(json))).rejects.toThrow(message);
  });
});

describe('openWebDataset', () => {
  it('reads shards one after another, class numbers by names, and images out of the tars', async () => {
    const pngs = await greyPngs(3);
    const one = tarOf([
      ['dir/1.png', pngs[0]],
      ['dir/1.cls', '1'],
      ['dir/2.png', pngs[1]],
    ]);
    const two = tarOf([
      ['3.seg.png', pngs[2]],
      ['3.cls', '0'],
    ]);
    const set = await openWebDataset(
      [new File([one as BlobPart], 'a.tar'), new File([two as BlobPart], 'b.tar')],
      {
        labels: { names: ['cat', 'dog'] },
      },
    );
    expect([set.ids, set.y.join('')]).toEqual([['a.tar/dir/1', 'a.tar/dir/2', 'b.tar/3'], '010010']);
    expect((await set.image(2)).data[0]).toBe(2);
  });

  it('ends in a data set or in a named error, whatever bytes are changed', async () => {
    const whole = tarOf([
      ['1.png', new Uint8Array(600)],
      ['1.json', '{"labels":["a"]}'],
    ]);
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), fc.nat(1200));
    await fc.assert(
      fc.asyncProperty(change, async ([at, value, cut]) => {
        const bytes = whole.slice(0, whole.length - cut);
        if (at < bytes.length) bytes[at] = value;
        await openWebDataset(bytes).then(
          (set) => expect(set.y.length).toBe(set.length * set.labels.length),
          (error) => expect(error).toMatchObject({ name: 'DatasetFileError' }),
        );
      }),
      { numRuns: 300 },
    );
  });
});

it('every reader of annotations ends in a data set or in a named error, whatever characters are changed', async () => {
  const wholes = [
    [openCvat, '<annotations><image id="0" name="a.png"><tag label="cat"/></image></annotations>'],
    [
      openLabelStudio,
      '[{"data":{"image":"a.png"},"annotations":[{"result":[{"value":{"choices":["cat"]}}]}]}]',
    ],
    [openJsonLines, '{"file_name":"a.png","cat":1,"dog":0}\n{"file_name":"b.png","cat":0}\n'],
    [(bytes: Uint8Array) => openVoc(picked({ 'a.xml': bytes, 'a.png': 'x' })), annotation('a.png', 'cat')],
    [
      (bytes: Uint8Array) => openYolo(picked({ 'a.yaml': bytes, 'a.png': 'x' })),
      'names:\n  0: cat\n  1: &a dog\n',
    ],
  ] as const;
  const edit = fc.tuple(
    fc.nat(200),
    fc.constantFrom('', '<', '"', '&', '{', ']', '\0', '\n', ':', 'é', '*a'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...wholes),
      fc.array(edit, { minLength: 1, maxLength: 3 }),
      async ([open, whole], edits) => {
        let text: string = whole;
        for (const [at, letter] of edits)
          text = text.slice(0, at % text.length) + letter + text.slice((at % text.length) + 1);
        await open(encode(text)).then(
          (set) => expect(set.y.length).toBe(set.length * set.labels.length),
          (error) =>
            expect(error).toMatchObject({
              name: expect.stringMatching(
                /^(DatasetFile|UnknownLabel|MissingImages|LimitExceeded|DatasetOption)Error$/,
              ),
            }),
        );
      },
    ),
    { numRuns: 600 },
  );
});
