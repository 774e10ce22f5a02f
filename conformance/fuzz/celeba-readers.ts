import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CelebA } from '../../packages/datasets-celeba/src/index';
import { ATTRIBUTES_CSV, images, TEXTS, zipOf } from '../../packages/datasets-celeba/test/made-celeba';
import { table } from '../../packages/datasets-celeba/test/made-parquet';
import { digestOf } from './digest-of';
import { labelsOf } from './label-file-readers';
import type { Reader } from './reader';

type Files = Readonly<Record<string, string | Uint8Array>>;

export const celebaReaders: readonly Reader[] = [
  form('folder', async () => ({ ...TEXTS, ...(await images('img_align_celeba/')) })),
  form('csv', async () => ({
    'list_attr_celeba.csv': ATTRIBUTES_CSV,
    ...(await images('img_align_celeba/img_align_celeba/')),
  })),
  form('zip', async () => ({
    ...TEXTS,
    'img_align_celeba.zip': await zipOf(await images('img_align_celeba/'), { level: 6 }),
  })),
  form('csv in other words', async () => ({
    'list_attr_celeba.csv': ATTRIBUTES_CSV.replaceAll(',', ';').replaceAll(/;(-?1)/g, ';$1,0'),
    'identity_CelebA.txt': TEXTS['identity_CelebA.txt'],
    ...(await images('img_align_celeba/')),
  })),
  form('CelebAMask-HQ', async () => ({
    'CelebAMask-HQ/CelebAMask-HQ-attribute-anno.txt': '2\nBald Smiling\n0.jpg -1  1\n1.jpg  1  1\n',
    ...(await images('CelebAMask-HQ/CelebA-HQ-img/', ['0.jpg', '1.jpg'])),
  })),
  form('parquet', async () => ({
    'train-00000-of-00001.parquet': table(0, 4),
    'test-00000-of-00001.parquet': table(4, 6, { signed: true }),
  })),
  form(
    'archive',
    async () => ({
      'archive.zip': await zipOf(
        { 'list_attr_celeba.csv': ATTRIBUTES_CSV, ...(await images('img_align_celeba/img_align_celeba/')) },
        { level: 6, zip64: true },
      ),
    }),
    'archive.zip',
  ),
];

function form(name: string, files: () => Promise<Files>, opened = '.'): Reader {
  return {
    name: `datasets CelebA ${name}`,
    checked: /\.zip$/,
    async sample(folder) {
      for (const [path, content] of Object.entries(await files())) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }
    },
    async read(folder) {
      const set = await CelebA.open(join(folder, opened));
      const pixels: ArrayBufferView[] = [];
      for (let row = 0; row < set.length; row++) pixels.push((await set.image(row)).data);
      return digestOf(labelsOf(set), ...pixels);
    },
  };
}
