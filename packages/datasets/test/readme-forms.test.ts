import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as datasets from '../src/index';
import arrow from './fixtures/arrow.json';
import fixture from './fixtures/huggingface.json';
import { greyPngs } from './grey-pngs';
import { tarOf } from './tar-of';
import { xlsxOf } from './xlsx-of';

/** The rows of the README's table of forms: the form, and its line of code. */
const rows = (await readFile(new URL('../README.md', import.meta.url), 'utf8'))
  .split('\n')
  .map((line) => /^\| (.+?) +\| `(await open.+)` +\|$/.exec(line))
  .flatMap((match) => (match ? [[match[1], match[2].replaceAll('\\|', '|')] as const] : []));

const latin1 = Uint8Array.from('file,tags\na.png,Comédie\nb.png,Comèdie\n', (letter) => letter.charCodeAt(0));
const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'labels.csv': 'file,cat,dog\na.png,1,0\nb.png,,1\n',
  'excel.csv': 'sep=;\nfile;cat;dog;\na.png;1,0;0,0\nb.png;0,0;1,0\n;;\n',
  'train.csv':
    'Path,Sex,Edema,Mass\nCheXpert-v1.0-small/train/p1/v1.png,F,-1.0,\nCheXpert-v1.0-small/train/p2/v1.png,M,0.0,1.0\n',
  'Data_Entry_2017.csv':
    'Image Index,Finding Labels,Patient ID,\n00000001_000.png,Mass|Edema,1\n00000002_000.png,Edema,2\n',
  'movies.csv': `poster,genres\na.png,"['Comedy', 'Drama']"\nb.png,"['Drama']"\n`,
  'vectors.csv': 'file,labels\na.png,0 1 1\nb.png,1 0 0\n',
  'proteins.csv': 'Id,Target\na,2 1\nb,0\n',
  'train_v2.csv': 'image_name,tags\ntrain_0,haze primary\ntrain_1,primary\n',
  'imagelabels.csv':
    'ImageID,Source,LabelName,Confidence\na,human,/m/cat,1\na,human,/m/dog,0\nb,human,/m/dog,1\n',
  'stage_2_train.csv': 'ID,Label\na_any,1\na_epidural,0\nb_any,1\nb_epidural,1\n',
  'list_attr.txt': '2\nBald Smiling\na.png -1  1\nb.png  1  1\n',
  'train_list.txt': 'a.png 1 0\nb.png  0 1 \n',
  'automl.csv': 'TRAIN,gs://bucket/a.png,cat,dog\nTEST,gs://bucket/b.png,dog\n',
  'multi.csv': 'fname,labels,is_valid\na.png,cat dog,True\nb.png,dog,False\n',
  'films.csv': latin1,
  'findings.xlsx': xlsxOf({
    Notes: [['nothing here']],
    Findings: [
      ['file', 'tags'],
      ['a.png', 'cat;dog'],
      ['b.png', 'dog'],
    ],
  }),
  'labels.jsonl': '{"file_name":"a.png","tags":["cat","dog"]}\n{"file_name":"b.png","tags":["dog"]}\n',
  'imagefolder/train/metadata.jsonl': '{"file_name":"a.png","tags":["cat"]}\n',
  'imagefolder/test/metadata.jsonl': '{"file_name":"a.png","tags":["dog"]}\n',
  'roboflow/train/_classes.csv': 'filename, cat, dog\na.png, 1, 0\n',
  'roboflow/valid/_classes.csv': 'filename, cat, dog\nb.png, 0, 1\n',
  'classes/notes.md': 'cat and dog',
  'sidecars/a.txt': 'cat, dog',
  'sidecars/b.json': '{"cat":false,"dog":true}',
  'instances_val2017.json': JSON.stringify({
    images: [
      { id: 1, file_name: 'a.png' },
      { id: 2, file_name: 'b.png' },
    ],
    categories: [
      { id: 7, name: 'cat' },
      { id: 9, name: 'dog' },
    ],
    annotations: [{ image_id: 2, category_id: 9 }],
  }),
  'train-00000-of-00001.parquet': Uint8Array.from(
    Buffer.from(fixture.files['class labels, snappy'], 'base64'),
  ),
  ...Object.fromEntries(
    Object.entries(arrow.folders['a DatasetDict']).map(([path, text]) => [
      `films/${path}`,
      Uint8Array.from(Buffer.from(text, 'base64')),
    ]),
  ),
  'VOC2007/Annotations/a.xml':
    '<annotation><filename>a.png</filename><object><name>cat</name></object></annotation>',
  'VOC2007/Annotations/b.xml': '<annotation><filename>b.png</filename></annotation>',
  'yolo/data.yaml': 'train: train/images\nval: valid/images\nnames: [cat, dog]\n',
  'yolo/train/labels/a.txt': '1 .5 .5 .2 .2\n',
  'annotations.xml':
    '<annotations><image id="0" name="a.png"><tag label="cat"/></image><image id="1" name="b.png"><box label="dog"/></image></annotations>',
  'via_project.json': JSON.stringify({
    _via_img_metadata: {
      'a.png6': {
        filename: 'a.png',
        size: 6,
        regions: [],
        file_attributes: { has: { cat: true, dog: true } },
      },
      'b.png6': { filename: 'b.png', size: 6, regions: [], file_attributes: { has: { dog: true } } },
    },
    _via_attributes: { file: { has: { type: 'checkbox', options: { dog: '', cat: '' } } }, region: {} },
  }),
  'project.json': JSON.stringify([
    {
      data: { image: '/data/upload/1/a.png' },
      annotations: [{ result: [{ value: { choices: ['cat', 'dog'] } }] }],
    },
    {
      data: { image: '/data/upload/1/b.png' },
      annotations: [{ result: [{ value: { rectanglelabels: ['dog'] } }] }],
    },
  ]),
};
const IMAGES = [
  ...['a.png', 'b.png', 'photos/a.png', 'photos/b.png', 'sidecars/a.png', 'sidecars/b.png'],
  ...['classes/cat/a.png', 'classes/dog/b.png'],
  ...['train/p1/v1.png', 'train/p2/v1.png', 'train-jpg/train_0.png', 'train-jpg/train_1.png'],
  ...['images_001/images/00000001_000.png', 'images_002/images/00000002_000.png'],
  ...['imagefolder/train/a.png', 'imagefolder/test/a.png', 'roboflow/train/a.png', 'roboflow/valid/b.png'],
  ...[
    'VOC2007/JPEGImages/a.png',
    'VOC2007/JPEGImages/b.png',
    'yolo/train/images/a.png',
    'yolo/valid/images/b.png',
  ],
];

/** What each line of code must give: labels, and the matrix with ? for unknown. */
const EXPECTED: Readonly<Record<string, readonly [labels: readonly string[], y: string]>> = {
  'labels.csv': [['cat', 'dog'], '10?1'],
  'excel.csv': [['cat', 'dog'], '1001'],
  'train.csv': [['Edema', 'Mass'], '??01'],
  'Data_Entry_2017.csv': [['Edema', 'Mass'], '1110'],
  'movies.csv': [['Comedy', 'Drama'], '1101'],
  'vectors.csv': [['cat', 'dog', 'cow'], '011100'],
  'proteins.csv': [['Nucleus', 'Golgi', 'Cytosol'], '011100'],
  'train_v2.csv': [['haze', 'primary'], '1101'],
  'imagelabels.csv': [['/m/cat', '/m/dog'], '10?1'],
  'stage_2_train.csv': [['any', 'epidural'], '1011'],
  'list_attr.txt': [['Bald', 'Smiling'], '0111'],
  'train_list.txt': [['Edema', 'Mass'], '1001'],
  'automl.csv': [['cat', 'dog'], '1101'],
  'multi.csv': [['cat', 'dog'], '1101'],
  'films.csv': [['Comèdie', 'Comédie'], '0110'],
  'findings.xlsx': [['cat', 'dog'], '1101'],
  'labels.jsonl': [['cat', 'dog'], '1101'],
  imagefolder: [['dog', 'cat'], '1001'],
  roboflow: [['cat', 'dog'], '1001'],
  classes: [['cat', 'dog'], '1001'],
  sidecars: [['cat', 'dog'], '1101'],
  'instances_val2017.json': [['cat', 'dog'], '0001'],
  'train-00000-of-00001.parquet': [
    fixture.names,
    fixture.lists.map((list) => [0, 1, 2].map((i) => +list.includes(i)).join('')).join(''),
  ],
  films: [arrow.names, arrow.lists.map((list) => [0, 1, 2].map((i) => +list.includes(i)).join('')).join('')],
  VOC2007: [['cat'], '10'],
  yolo: [['cat', 'dog'], '0100'],
  'annotations.xml': [['cat', 'dog'], '1001'],
  'project.json': [['cat', 'dog'], '1101'],
  'via_project.json': [['dog', 'cat'], '1110'],
  'shard-000000.tar': [['cat', 'dog'], '1101'],
};

let folder: string;
const home = process.cwd();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-forms-'));
  const [png] = (await greyPngs(1)) as [Uint8Array];
  const shard = tarOf([
    ['0001.png', png],
    ['0001.json', '{"tags":["cat","dog"]}'],
    ['0002.png', png],
    ['0002.json', '{"tags":["dog"]}'],
  ]);
  const images = IMAGES.map((path) => [path, png] as const);
  for (const [path, content] of [...Object.entries(FILES), ...images, ['shard-000000.tar', shard] as const]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  process.chdir(folder);
});
afterAll(async () => {
  process.chdir(home);
  await rm(folder, { recursive: true });
});

describe("the README's table of forms", () => {
  it('has a row for every form that is tried here, and the other way round', () => {
    const named = rows.map(([, code]) => /'([^']+)'/.exec(code)![1]);
    expect([...named].sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(rows)('%s opens by its line of code: %s', async (_, code) => {
    const names = Object.keys(datasets);
    const run = new Function(...names, `return (async () => ${code})()`);
    const set: datasets.ImageDataset = await run(...Object.values(datasets));
    const [labels, y] = EXPECTED[/'([^']+)'/.exec(code)![1]];
    expect(set.labels).toEqual(labels);
    expect(Array.from(set.y, (value, i) => (set.known?.[i] === 0 ? '?' : value)).join('')).toBe(y);
    for (let row = 0; row < set.length; row++) expect((await set.image(row)).width).toBeGreaterThan(0);
  });
});
