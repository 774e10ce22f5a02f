import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CelebA } from '../../packages/datasets-celeba/src/index';
import { ATTRIBUTES_CSV, images, TEXTS, zipOf } from '../../packages/datasets-celeba/test/made-celeba';
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
