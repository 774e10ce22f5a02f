/**
 * Writes packages/datasets/test/fixtures/node-pixels.json: small files, and the batches that Node makes of them. The
 * browser tests compare their batches with these.
 */
import { writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { ImageDataset, memoryImages } from '../../packages/datasets/src/index';

const [width, height] = [40, 30];
const raw = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
  const [x, y, channel] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width), i % 3];
  return 128 + 100 * Math.sin(x / (4 + channel)) * Math.cos(y / (3 + 2 * channel));
});
const picture = () => sharp(raw, { raw: { width, height, channels: 3 } });
const files = {
  'plain.png': await picture().png().toBuffer(),
  'plain.jpg': await picture().jpeg({ quality: 90 }).toBuffer(),
  'full-colour.jpg': await picture().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(),
  'grey.jpg': await picture().greyscale().jpeg().toBuffer(),
  'turned.jpg': await picture().withMetadata({ orientation: 6 }).jpeg({ quality: 90 }).toBuffer(),
  'opaque.webp': await picture().webp({ lossless: true }).toBuffer(),
  'half-clear.png': await picture().ensureAlpha(0.8).png().toBuffer(),
};
const dataset = new ImageDataset({
  ids: Object.keys(files),
  labels: ['x'],
  y: new Uint8Array(Object.keys(files).length),
  images: memoryImages(Object.values(files)),
});

const batchOf = async (of: ImageDataset) => {
  for await (const { pixels } of of.batches({ size: [12, 14], batchSize: 32, seed: 3, epoch: 1 })) {
    return Buffer.from(pixels).toString('base64');
  }
  return '';
};
const augment = { flip: true, rotation: 0.05, zoom: 0.1, brightness: 0.2, hue: 0.05, erasing: 0.5 } as const;
const fixture = {
  versions: { sharp: sharp.versions.sharp, vips: sharp.versions.vips },
  files: Object.fromEntries(Object.entries(files).map(([name, file]) => [name, file.toString('base64')])),
  augment,
  plain: await batchOf(dataset),
  augmented: await batchOf(dataset.crop('cover').augment(augment)),
};
const out = new URL('../../packages/datasets/test/fixtures/node-pixels.json', import.meta.url);
writeFileSync(out, `${JSON.stringify(fixture)}\n`);
