import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import arrow from '../../datasets/test/fixtures/arrow.json';
import { xlsxOf } from '../../datasets/test/xlsx-of';
import type { DataOptions } from '../src/data/data-options';
import { openData } from '../src/data/open-data';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-data-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = async (files: Readonly<Record<string, string | Uint8Array>>) => {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
};
const open = (paths: readonly string[], options: Partial<DataOptions> = {}, labelsAlone = true) =>
  openData(
    paths.map((name) => join(folder, name)),
    options,
    { labelsAlone },
  );

const CSV = 'file,Bald,Smiling\n1.jpg,0,1\n2.jpg,1,1\n';
const SHEET = xlsxOf({
  Labels: [
    ['file', 'Bald', 'Smiling'],
    ['1.jpg', 0, 1],
    ['2.jpg', 1, 1],
  ],
});
const LINES = '{"file_name":"1.jpg","t":["Smiling"]}\n{"file_name":"2.jpg","t":["Bald","Smiling"]}';
const COCO = JSON.stringify({
  images: [
    { id: 1, file_name: '1.jpg' },
    { id: 2, file_name: '2.jpg' },
  ],
  categories: [
    { id: 1, name: 'Bald' },
    { id: 2, name: 'Smiling' },
  ],
  annotations: [
    { image_id: 1, category_id: 2 },
    { image_id: 2, category_id: 1 },
    { image_id: 2, category_id: 2 },
  ],
});
const STUDIO = JSON.stringify([
  { image: '1.jpg', choice: 'Smiling' },
  { image: '2.jpg', choice: { choices: ['Bald', 'Smiling'] } },
]);

const VIA = JSON.stringify({
  '1.jpg9': { filename: '1.jpg', size: 9, regions: [], file_attributes: { face: { Smiling: true } } },
  '2.jpg9': {
    filename: '2.jpg',
    size: 9,
    regions: [],
    file_attributes: { face: { Bald: true, Smiling: true } },
  },
});

describe('openData', () => {
  it.each<[string, Record<string, string | Uint8Array>, string[], Partial<DataOptions>?]>([
    [
      "CelebA's attributes alone",
      { 'attributes.txt': '2\nBald Smiling\n1.jpg -1  1\n2.jpg  1  1\n' },
      ['attributes.txt'],
    ],
    ["CelebA's folder", { 'list_attr_celeba.txt': '2\nBald Smiling\n1.jpg -1  1\n2.jpg  1  1\n' }, ['']],
    ['a CSV', { 'labels.csv': CSV }, ['labels.csv']],
    ['a folder with one CSV in it', { 'labels.csv': CSV, 'pictures/1.jpg': '', 'pictures/2.jpg': '' }, ['']],
    [
      'a CSV and the folder of its images',
      { 'a/labels.csv': CSV, 'b/1.jpg': '', 'b/2.jpg': '' },
      ['b', 'a/labels.csv'],
    ],
    ['a spreadsheet', { 'labels.xlsx': SHEET }, ['labels.xlsx']],
    [
      'a folder with one spreadsheet in it, which is open in Excel',
      { 'labels.xlsx': SHEET, '~$labels.xlsx': 'lock' },
      [''],
    ],
    ['JSON lines', { 'metadata.jsonl': LINES }, ['metadata.jsonl'], { tags: 't' }],
    ['COCO', { 'instances.json': COCO }, ['instances.json']],
    ['Label Studio', { 'project.json': STUDIO }, ['project.json']],
    ['VIA', { 'via.json': VIA }, ['via.json']],
    ['a VIA project', { 'via.json': `{"_via_settings":{},"_via_img_metadata":${VIA}}` }, ['via.json']],
    ['sidecars', { '1.jpg': '', '1.txt': 'Smiling', '2.jpg': '', '2.txt': 'Bald, Smiling' }, ['']],
    [
      'YOLO',
      {
        'data.yaml': 'names: [Bald, Smiling]\n',
        'images/1.jpg': '',
        'images/2.jpg': '',
        'labels/1.txt': '1 .5 .5 .1 .1\n',
        'labels/2.txt': '0 .5 .5 .1 .1\n1 .5 .5 .1 .1\n',
      },
      [''],
    ],
  ])('recognises %s', async (_, files, paths, options) => {
    await write(files);
    const { labels, y } = await open(paths, options);
    expect([labels, [...y].join('')]).toEqual([['Bald', 'Smiling'], '0111']);
  });

  it('asks what stands between names, and takes the flag', async () => {
    await write({ 'labels.csv': 'file,tags\n1.jpg,"Bald, Smiling"\n2.jpg,Smiling\n' });
    await expect(open(['labels.csv'], { tags: 'tags' })).rejects.toThrow(
      /received "Bald, Smiling".*delimiter: ','/,
    );
    const { labels, y } = await open(['labels.csv'], { tags: 'tags', delimiter: ',' });
    expect([labels, [...y].join('')]).toEqual([['Bald', 'Smiling'], '1101']);
  });

  it('takes labels that stand behind the image in a cell, and how sure they are', async () => {
    await write({ 'labels.csv': 'ID,Label\na_Bald,1\na_Smiling,0\nb_Smiling,1\n' });
    const { labels, y, known } = await open(['labels.csv'], { tags: 'ID', after: '_', confidence: 'Label' });
    expect([labels, [...y].join(''), [...known!].join('')]).toEqual([['Bald', 'Smiling'], '1001', '1101']);
  });

  it('takes the names of class numbers', async () => {
    await write({ 'labels.csv': 'ID,Label\na,2|0\nb,1\n' });
    const { labels, y } = await open(['labels.csv'], { tags: 'Label', names: ['x', 'y', 'z'] });
    expect([labels, [...y].join('')]).toEqual([['x', 'y', 'z'], '101010']);
  });

  it("takes Danbooru's tags by their spaces", async () => {
    await write({ 'posts.jsonl': '{"id":1,"tag_string":"1girl solo"}\n{"id":2,"tag_string":"solo"}\n' });
    expect((await open(['posts.jsonl'], { tags: 'tag_string' })).labels).toEqual(['1girl', 'solo']);
  });

  it('takes the names of folders of classes', async () => {
    await write({ 'cat/1.jpg': '', 'dog/1.jpg': '' });
    const { labels, y } = await open(['']);
    expect([labels, [...y].join('')]).toEqual([['cat', 'dog'], '1001']);
  });

  it("opens a folder of Hugging Face's save_to_disk, or its files alone", async () => {
    const saved = Object.entries(arrow.folders['a DatasetDict']);
    await write(Object.fromEntries(saved.map(([path, text]) => [path, Buffer.from(text, 'base64')])));
    const all = await open([''], { columns: ['cat', 'night'] });
    expect([all.length, all.splits?.filter((part) => part === 'test').length]).toEqual([8, 3]);
    const files = ['train/data-00000-of-00002.arrow', 'train/data-00001-of-00002.arrow'];
    const train = await open(files, { tags: 'labels' });
    expect([train.labels, [...train.y].join('')]).toEqual([arrow.names, '000100011001111']);
    await expect(open([''], { encoding: 'utf-16' })).rejects.toThrow(
      /--encoding with data of the form arrow/,
    );
  });

  it('finds the images of a label file in the folder that is named beside it', async () => {
    await write({ 'a/labels.csv': CSV, 'b/1.jpg': 'one', 'b/2.jpg': 'two' });
    const data = await open(['b', 'a/labels.csv'], {}, false);
    expect(Buffer.from(await data.bytes(1)).toString()).toBe('two');
  });

  it('narrows labels and rows', async () => {
    await write({ 'labels.csv': CSV });
    expect((await open(['labels.csv'], { only: ['Smiling'] })).labels).toEqual(['Smiling']);
    expect((await open(['labels.csv'], { without: ['Smiling'] })).labels).toEqual(['Bald']);
    expect((await open(['labels.csv'], { limit: 1 })).length).toBe(1);
  });

  it.each<[string, Record<string, string>, string[], RegExp]>([
    ['nothing', {}, [], /^expected data: a folder of images, a label file, or both/],
    ['a path that is not there', {}, ['none.csv'], /none\.csv to be there; found nothing/],
    [
      'two label files',
      { 'a.csv': CSV, 'b.csv': CSV },
      ['a.csv', 'b.csv'],
      /^expected one label file; received .*a\.csv and .*b\.csv/,
    ],
    [
      'two folders alone',
      { 'a/1.jpg': '', 'b/2.jpg': '' },
      ['a', 'b'],
      /^expected a label file beside the folders/,
    ],
  ])('refuses %s', async (_, files, paths, message) => {
    await write(files);
    await expect(open(paths)).rejects.toThrow(message);
  });

  it.each([['Findings'], [2]])('opens the sheet %s of a spreadsheet', async (sheet) => {
    const findings = [
      ['file', 'Mass'],
      ['a.jpg', 1],
    ];
    await write({ 'labels.xlsx': xlsxOf({ Notes: [['to do']], Findings: findings }) });
    const data = await open(['labels.xlsx'], { sheet });
    expect([data.ids, data.labels]).toEqual([['a.jpg'], ['Mass']]);
  });

  it.each<[string, Record<string, string>, Partial<DataOptions>, RegExp]>([
    ['--sheet with a CSV', { 'l.csv': CSV }, { sheet: 1 }, /^expected no --sheet with data of the form csv/],
    [
      '--tags with COCO',
      { 'l.json': COCO },
      { tags: 't' },
      /^expected no --tags .* coco, which takes --encoding/,
    ],
    ['--group with YOLO', { 'l.yaml': '' }, { group: 'g', form: 'yolo' }, /^expected no --group .* yolo/],
  ])('refuses a flag that the form has no use for: %s', async (_, files, options, message) => {
    await write(files);
    await expect(open(Object.keys(files), options)).rejects.toThrow(message);
  });

  it('leaves images without labels out if problems are skipped', async () => {
    await write({ '1.jpg': '', '1.txt': 'cat', '2.jpg': '', '2.txt': 'dog', '3.jpg': '' });
    await expect(open(['.'])).rejects.toThrow(/3\.jpg/);
    expect((await open(['.'], { onProblem: 'skip' })).ids.length).toBe(2);
  });
});
