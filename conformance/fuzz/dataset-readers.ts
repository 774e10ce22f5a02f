import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  decodeImage,
  type ImageDataset,
  openCoco,
  openCsv,
  openImageFolder,
  openParquet,
} from '../../packages/datasets/src/index';
import parquet from '../../packages/datasets/test/fixtures/huggingface.json' with { type: 'json' };
import { greyPngs } from '../../packages/datasets/test/grey-pngs';
import { CelebA } from '../../packages/datasets-celeba/src/index';
import { images, TEXTS } from '../../packages/datasets-celeba/test/made-celeba';
import { digestOf } from './digest-of';
import type { Reader } from './reader';

const CSV = `image,Smiling,Bald\n${Array.from({ length: 9 }, (_, i) => `${i}.png,${i % 2},${Number(i % 3 === 0)}\n`).join('')}`;
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

/** A reader of one text file with labels. */
function ofFile(
  name: string,
  content: string | Uint8Array,
  open: (path: string) => Promise<ImageDataset>,
): Reader {
  return {
    name: `datasets ${name}`,
    changed: /\.(csv|json|parquet)$/,
    async sample(folder) {
      await writeFile(join(folder, name), content);
      for (const [i, png] of (await greyPngs(9)).entries()) await writeFile(join(folder, `${i}.png`), png);
    },
    read: async (folder) => labelsOf(await open(join(folder, name))),
  };
}

export const datasetReaders: readonly Reader[] = [
  ofFile('labels.csv', CSV, (path) => openCsv(path)),
  ofFile('coco.json', JSON.stringify(COCO), (path) => openCoco(path)),
  ...Object.values(parquet.files)
    .slice(0, 2)
    .map((file, i) =>
      ofFile(`${i}.parquet`, Buffer.from(file, 'base64'), (path) =>
        openParquet(path, { labels: { column: 'labels' } }),
      ),
    ),
  {
    name: 'datasets folder',
    async sample(folder) {
      const pngs = await greyPngs(4);
      await mkdir(join(folder, 'train'));
      for (const [i, png] of pngs.entries()) await writeFile(join(folder, 'train', `${i}.png`), png);
      const lines = pngs.map(
        (_, i) => `${JSON.stringify({ file_name: `${i}.png`, labels: i % 2 ? ['a'] : ['a', 'b'] })}\n`,
      );
      await writeFile(join(folder, 'train', 'metadata.jsonl'), lines.join(''));
    },
    async read(folder) {
      const set = await openImageFolder(folder, { labels: { column: 'labels' } });
      const parts: ArrayBufferView[] = [];
      for await (const { pixels } of set.batches({ size: [4, 4], batchSize: 2, workers: 1 }))
        parts.push(pixels);
      return digestOf(labelsOf(set), ...parts);
    },
  },
  ...['image.png', 'image.jpg'].map(
    (name): Reader => ({
      name: `datasets decodeImage ${name}`,
      sample: async (folder) => {
        const [jpeg] = Object.values(await images());
        const [, png] = await greyPngs(2, 40, 30);
        await writeFile(join(folder, name), name.endsWith('.png') ? png : jpeg);
      },
      read: async (folder) => {
        const { data } = await decodeImage(await readFile(join(folder, name)));
        return digestOf(data);
      },
    }),
  ),
  {
    name: 'datasets CelebA',
    async sample(folder) {
      for (const [name, text] of Object.entries(TEXTS)) await writeFile(join(folder, name), text);
      await mkdir(join(folder, 'img_align_celeba'));
      for (const [name, bytes] of Object.entries(await images('img_align_celeba/'))) {
        await writeFile(join(folder, name), bytes);
      }
    },
    read: async (folder) => labelsOf(await CelebA.open(folder)),
  },
];

function labelsOf(set: ImageDataset): string {
  return digestOf(JSON.stringify([set.ids, set.labels]), set.y);
}
