import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CsvOptions,
  type ImageDataset,
  openArrow,
  openCoco,
  openCsv,
  openCvat,
  openJsonLines,
  openLabelStudio,
  openParquet,
  openVia,
  openXlsx,
} from '../../packages/datasets/src/index';
import arrow from '../../packages/datasets/test/fixtures/arrow.json' with { type: 'json' };
import parquet from '../../packages/datasets/test/fixtures/huggingface.json' with { type: 'json' };
import { xlsxOf } from '../../packages/datasets/test/xlsx-of';
import { digestOf } from './digest-of';
import type { Reader } from './reader';

const ROWS = Array.from({ length: 9 }, (_, i) => ({
  image: `${i}.png`,
  smiling: i % 2,
  bald: Number(i % 3 === 0),
}));
const CSV = `image,Smiling,Bald\n${ROWS.map(({ image, smiling, bald }) => `${image},${smiling},${bald}\n`).join('')}`;
const LISTS = ROWS.map(({ image, smiling }) => ({ file_name: image, labels: smiling ? ['a', 'b'] : ['b'] }));
const CONFIDENCES = ROWS.map(({ image }, i) => `${image},label ${i % 2},${i / 9}\n`);
const COCO = {
  images: [1, 2, 3].map((id) => ({ id, file_name: `${id}.png`, width: 6, height: 5 })),
  categories: [1, 2].map((id) => ({ id, name: `label ${id}` })),
  annotations: [1, 2, 3].map((id) => ({
    id,
    image_id: id,
    category_id: 1 + (id % 2),
    bbox: [0, 0, 3, 3],
    iscrowd: 0,
  })),
};
const CVAT = `<?xml version="1.0"?>
<annotations><version>1.1</version><meta><task><labels><label><name>cat</name></label><label><name>dog</name></label></labels></task></meta>
${ROWS.map(({ image, bald }, id) => `<image id="${id}" name="${image}" subset="train" width="6" height="5"><tag label="cat"/>${bald ? '<box label="dog" xtl="0" ytl="0" xbr="3" ybr="3"/>' : ''}</image>`).join('\n')}
</annotations>\n`;
const NAMES = ['cat', 'dog', 'cow'];
/** Tables whose cells, separators or bytes differ from those of labels.csv. */
const TABLES: Readonly<Record<string, readonly [content: string | Uint8Array, options: CsvOptions]>> = {
  'chexpert.csv': [
    'Path,Edema,Mass\na/1.png,-1.0,\nb/2.png,0.0,1.0\nc/3.png,,1.0\n',
    { values: 'chexpert', group: 'Path' },
  ],
  'literals.csv': [
    `image,tags\na.png,"['cat', 'dog']"\nb.png,"[""cow""]"\nc.png,"{""choices"":[""cat""]}"\nd.png,\n`,
    { labels: { column: 'tags' } },
  ],
  'vectors.csv': [
    'image,tags\na.png,0 1 1\nb.png,1 0 0\nc.png,[1 1 0]\n',
    { labels: { column: 'tags', names: NAMES } },
  ],
  'numbers.csv': [
    'image,tags,is_valid\na.png,2 1,1\nb.png,0,0\n',
    { labels: { column: 'tags', names: NAMES }, split: 'is_valid' },
  ],
  'yolo-cells.csv': [
    'image,boxes\na.png,0 .5 .5 .2 .2\nb.png,1 .5 .5 .2 .2;2 .1 .1 .2 .2\n',
    { labels: { column: 'boxes', names: NAMES } },
  ],
  'excel.csv': ['sep=;\nimage;cat;dog;\na.png;1,0;0,0\nb.png;0,0;1,0\n;;\n', {}],
  'latin.csv': [
    Uint8Array.from('image,tags\na.png,Com\u00e9die|Drame\nb.png,Com\u00e8die\n', (letter) =>
      letter.charCodeAt(0),
    ),
    { labels: { column: 'tags' }, encoding: 'windows-1252' },
  ],
  'utf16.csv': [new Uint8Array(Buffer.from('\ufeffimage,cat\na.png,1\nb.png,0\n', 'utf16le')), {}],
  'repeated.csv': [
    'image,tags\na.png,cat\na.png,dog\nb.png,\n',
    { labels: { column: 'tags' }, repeated: 'union', onProblem: 'skip' },
  ],
  'list.txt': ['a.png 0 1  0\r\nb.png  1 0 1 \r\n', { separator: ' ', header: ['image', ...NAMES] }],
  'in-ids.csv': [
    'ID,Label\na_cat,1\na_dog,0\nb_cat,0\nb_dog,1\n',
    { labels: { column: 'ID', after: '_', confidence: 'Label' } },
  ],
  'list-attr.txt': ['3\ncat dog cow\na.png -1 1  -1\nb.png  1 -1 1 \nc.png 1 1 1\n', { separator: ' ' }],
  'automl.csv': [
    'TRAIN,gs://b/1.jpg,cat,dog\nVALIDATION,gs://b/2.jpg,dog\nTEST,gs://b/3.jpg\n',
    {
      header: ['part', 'image', 'tags'],
      image: 'image',
      split: 'part',
      labels: { column: 'tags', toEnd: true },
    },
  ],
};
const LABEL_STUDIO = ROWS.map(({ image, smiling }, id) => ({
  id,
  data: { image: `/data/upload/1/${image}` },
  annotations: [{ result: [{ type: 'choices', value: { choices: smiling ? ['cat', 'dog'] : ['dog'] } }] }],
}));
const VIA = JSON.stringify({
  _via_img_metadata: Object.fromEntries(
    ROWS.map(({ image, bald }) => [
      `${image}6`,
      {
        filename: image,
        size: 6,
        regions: [
          { shape_attributes: { name: 'point' }, region_attributes: { animal: bald ? 'cat' : 'dog' } },
        ],
        file_attributes: { animal: { dog: true }, caption: 'x' },
      },
    ]),
  ),
  _via_attributes: { region: { animal: { type: 'dropdown', options: { cat: '', dog: '' } } }, file: {} },
});
const XLSX = xlsxOf({
  Sheet1: [['image', 'Smiling', 'Bald'], ...ROWS.map(({ image, smiling, bald }) => [image, smiling, bald])],
});

/** Readers of one file with the labels of images. The images aren't opened. */
export const labelFileReaders: readonly Reader[] = [
  ofFile('labels.csv', CSV, (path) => openCsv(path, { images: 'ignore' })),
  ofFile('imagelabels.csv', `image,LabelName,Confidence\n${CONFIDENCES.join('')}`, (path) =>
    openCsv(path, { labels: { column: 'LabelName', confidence: 'Confidence' }, images: 'ignore' }),
  ),
  ...Object.entries(TABLES).map(([name, [content, options]]) =>
    ofFile(name, content, (path) => openCsv(path, { images: 'ignore', ...options })),
  ),
  ofFile('labels.json', JSON.stringify(LISTS), (path) =>
    openJsonLines(path, { labels: { column: 'labels' }, images: 'ignore' }),
  ),
  ofFile('labels.jsonl', LISTS.map((row) => `${JSON.stringify(row)}\n`).join(''), (path) =>
    openJsonLines(path, { labels: { column: 'labels' }, images: 'ignore' }),
  ),
  ofFile('labels.xlsx', XLSX, (path) => openXlsx(path, { images: 'ignore' })),
  ofFile('coco.json', JSON.stringify(COCO), (path) => openCoco(path, { images: 'ignore' })),
  ofFile(
    'lvis.json',
    JSON.stringify({
      ...COCO,
      images: COCO.images.map(({ id }) => ({ id, coco_url: `http://x/${id}.png`, neg_category_ids: [1] })),
    }),
    (path) => openCoco(path, { images: 'ignore' }),
  ),
  ofFile('cvat.xml', CVAT, (path) => openCvat(path, { images: 'ignore' })),
  ofFile('label-studio.json', JSON.stringify(LABEL_STUDIO), (path) =>
    openLabelStudio(path, { images: 'ignore' }),
  ),
  ofFile('via.json', VIA, (path) => openVia(path, { attributes: ['animal'], images: 'ignore' })),
  ofFile(
    'label-studio-min.json',
    JSON.stringify(
      ROWS.map(({ image, bald }) => ({
        image: `/data/upload/1/${image}`,
        choice: bald ? { choices: ['cat', 'dog'] } : 'dog',
      })),
    ),
    (path) => openLabelStudio(path, { images: 'ignore' }),
  ),
  ...Object.entries(parquet.files).map(([name, file]) =>
    ofFile(`${name.replace(/\W+/g, '-')}.parquet`, Buffer.from(file, 'base64'), (path) =>
      openParquet(
        path,
        name.startsWith('a column') ? { group: 'celeb_id' } : { labels: { column: 'labels' } },
      ),
    ),
  ),
  ofFile('cells.arrow', Buffer.from(arrow.files['cells, file'], 'base64'), (path) =>
    openArrow(path, {
      images: 'ignore',
      labels: ['bool'],
      group: (row) => JSON.stringify(Object.values(row).map(String)),
    }),
  ),
];

function ofFile(
  name: string,
  content: string | Uint8Array,
  open: (path: string) => Promise<ImageDataset>,
): Reader {
  return {
    name: `datasets ${name}`,
    sample: (folder) => writeFile(join(folder, name), content),
    read: async (folder) => labelsOf(await open(join(folder, name))),
  };
}

/** A text of everything that a data set says about its images, without opening one. */
export function labelsOf({ ids, labels, y, known, groups, splits }: ImageDataset): string {
  return digestOf(JSON.stringify([ids, labels, groups, splits]), y, known ?? new Uint8Array());
}
