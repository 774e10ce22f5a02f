import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type ImageDataset,
  openArrow,
  openImageFolder,
  openVoc,
  openWebDataset,
  openYolo,
} from '../../packages/datasets/src/index';
import arrow from '../../packages/datasets/test/fixtures/arrow.json' with { type: 'json' };
import { greyPngs } from '../../packages/datasets/test/grey-pngs';
import { tarOf } from '../../packages/datasets/test/tar-of';
import { digestOf } from './digest-of';
import { labelsOf } from './label-file-readers';
import type { Reader } from './reader';

type Files = Readonly<Record<string, string | Uint8Array>>;

const INDICES = [0, 1, 2, 3];
const annotation = (i: number) =>
  `<?xml version="1.0"?>\n<annotation><folder>x</folder><filename>${i}.png</filename><size><width>6</width></size>
<object><name>cat</name><bndbox><xmin>1</xmin></bndbox></object>${i % 2 ? '<object><name>dog &amp; cow</name></object>' : ''}
</annotation>\n`;
const byIndex = (files: (i: number, png: Uint8Array) => Files) => async (): Promise<Files> => {
  const pngs = await greyPngs(INDICES.length);
  return Object.assign({}, ...INDICES.map((i) => files(i, pngs[i])));
};

/** Readers of folders and tars. Their images are opened, too. */
export const folderReaders: readonly Reader[] = [
  ofFolder(
    'metadata.jsonl',
    byIndex((i, png) => ({ [`train/${i}.png`]: png, ...(i === 0 && { 'train/metadata.jsonl': lines() }) })),
    (folder) => openImageFolder(folder, { labels: { column: 'labels' } }),
  ),
  ofFolder(
    '_classes.csv',
    byIndex((i, png) => ({
      [`train/${i}.png`]: png,
      ...(i === 0 && {
        'train/_classes.csv': `filename, cat, dog\n${INDICES.map((n) => `${n}.png, 1, ${n % 2}\n`).join('')}`,
      }),
    })),
    (folder) => openImageFolder(folder),
  ),
  ofFolder(
    'sidecars',
    byIndex((i, png) => ({
      [`${i}.png`]: png,
      ...[
        { [`${i}.txt`]: 'cat, dog\n' },
        { [`${i}.json`]: '{"cat":false,"dog":true}' },
        { [`${i}.json`]: '{"flags":{"cat":true},"shapes":[{"label":"dog"}],"imagePath":"2.png"}' },
        { [`${i}.txt`]: 'dog\n' },
      ][i],
    })),
    (folder) => openImageFolder(folder),
  ),
  ofFolder(
    'folder a class',
    byIndex((i, png) => ({ [`train/${i % 2 ? 'cat' : 'dog'}/${i}.png`]: png })),
    (folder) => openImageFolder(folder),
  ),
  ofFolder(
    'VOC',
    byIndex((i, png) => ({ [`Annotations/${i}.xml`]: annotation(i), [`JPEGImages/${i}.png`]: png })),
    (folder) => openVoc(folder),
  ),
  ofFolder(
    'YOLO',
    byIndex((i, png) => ({
      'data.yaml': 'path: .\ntrain: images/train\nnc: 2\nnames:\n  0: cat\n  1: dog\n',
      [`images/train/${i}.png`]: png,
      [`labels/train/${i}.txt`]: `${i % 2} 0.5 0.5 0.25 0.25\n`,
    })),
    (folder) => openYolo(folder),
  ),
  ofFolder('save_to_disk', arrowFiles('a DatasetDict'), (folder) =>
    openArrow(folder, { labels: { column: 'labels' } }),
  ),
  ...(['bytes, stream', 'bytes, lz4', 'bytes, zstd'] as const).map((name) =>
    ofFolder(
      `${name.replace(', ', '-')}.arrow`,
      async () => ({ 'a.arrow': Buffer.from(arrow.files[name], 'base64') }),
      (folder) => openArrow(join(folder, 'a.arrow')),
    ),
  ),
  ofFolder(
    'WebDataset',
    async () => {
      const pngs = await greyPngs(INDICES.length);
      return {
        'shard-0.tar': tarOf(
          INDICES.flatMap((i) => [
            [`${i}.png`, pngs[i]] as const,
            [`${i}.json`, JSON.stringify({ labels: i % 2 ? ['a'] : ['a', 'b'] })] as const,
          ]),
        ),
      };
    },
    (folder) => openWebDataset([join(folder, 'shard-0.tar')]),
  ),
];

function arrowFiles(name: keyof typeof arrow.folders): () => Promise<Files> {
  const files = Object.entries(arrow.folders[name]);
  return async () => Object.fromEntries(files.map(([path, text]) => [path, Buffer.from(text, 'base64')]));
}

function lines(): string {
  return INDICES.map(
    (i) => `${JSON.stringify({ file_name: `${i}.png`, labels: i % 2 ? ['a'] : ['a', 'b'] })}\n`,
  ).join('');
}

function ofFolder(
  name: string,
  files: () => Promise<Files>,
  open: (folder: string) => Promise<ImageDataset>,
): Reader {
  return {
    name: `datasets ${name}`,
    async sample(folder) {
      for (const [path, content] of Object.entries(await files())) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }
    },
    async read(folder) {
      const set = await open(folder);
      const pixels: ArrayBufferView[] = [];
      for await (const batch of set.batches({ size: [4, 4], batchSize: 2, workers: 1 }))
        pixels.push(batch.pixels);
      return digestOf(labelsOf(set), ...pixels);
    },
  };
}
