import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { fileImages, ImageDataset } from '../../packages/datasets/src/index';
import { digestOf } from './digest-of';
import type { Reader } from './reader';

const FORMATS = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const;

/** Readers of images, in all formats that Node decodes. A data set opens them. */
export const imageReaders: readonly Reader[] = FORMATS.map((format) => ({
  name: `datasets image ${format}`,
  async sample(folder) {
    const pixels = Buffer.from(Array.from({ length: 40 * 30 * 3 }, (_, i) => (i * 7919) % 251));
    const image = sharp(pixels, { raw: { width: 40, height: 30, channels: 3 } });
    await writeFile(join(folder, `image.${format}`), await image.withMetadata().toFormat(format).toBuffer());
  },
  async read(folder) {
    const path = join(folder, `image.${format}`);
    const set = new ImageDataset({
      ids: ['a'],
      labels: ['x'],
      y: new Uint8Array(1),
      images: fileImages([path]),
    });
    const { data, width, height } = await set.image(0);
    return digestOf(String([width, height]), data);
  },
}));
