import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ImageDataset,
  openCoco,
  openCsv,
  openCvat,
  openJsonLines,
  openLabelStudio,
  openParquet,
  openXlsx,
} from '../../packages/datasets/src/index';
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
const LABEL_STUDIO = ROWS.map(({ image, smiling }, id) => ({
  id,
  data: { image: `/data/upload/1/${image}` },
  annotations: [{ result: [{ type: 'choices', value: { choices: smiling ? ['cat', 'dog'] : ['dog'] } }] }],
}));
const XLSX = xlsxOf({
  Sheet1: [['image', 'Smiling', 'Bald'], ...ROWS.map(({ image, smiling, bald }) => [image, smiling, bald])],
});

/** Readers of one file with the labels of images, which are not opened. */
export const labelFileReaders: readonly Reader[] = [
  ofFile('labels.csv', CSV, (path) => openCsv(path, { images: 'ignore' })),
  ofFile('imagelabels.csv', `image,LabelName,Confidence\n${CONFIDENCES.join('')}`, (path) =>
    openCsv(path, { labels: { column: 'LabelName', confidence: 'Confidence' }, images: 'ignore' }),
  ),
  ofFile('labels.jsonl', LISTS.map((row) => `${JSON.stringify(row)}\n`).join(''), (path) =>
    openJsonLines(path, { labels: { column: 'labels' }, images: 'ignore' }),
  ),
  ofFile('labels.xlsx', XLSX, (path) => openXlsx(path, { images: 'ignore' })),
  ofFile('coco.json', JSON.stringify(COCO), (path) => openCoco(path, { images: 'ignore' })),
  ofFile('cvat.xml', CVAT, (path) => openCvat(path, { images: 'ignore' })),
  ofFile('label-studio.json', JSON.stringify(LABEL_STUDIO), (path) =>
    openLabelStudio(path, { images: 'ignore' }),
  ),
  ...Object.entries(parquet.files).map(([name, file]) =>
    ofFile(`${name.replace(/\W+/g, '-')}.parquet`, Buffer.from(file, 'base64'), (path) =>
      openParquet(
        path,
        name.startsWith('a column') ? { group: 'celeb_id' } : { labels: { column: 'labels' } },
      ),
    ),
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

/** What a data set says of its images, without opening one. */
export function labelsOf({ ids, labels, y, known, groups, splits }: ImageDataset): string {
  return digestOf(JSON.stringify([ids, labels, groups, splits]), y, known ?? new Uint8Array());
}
