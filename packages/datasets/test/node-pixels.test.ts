import { describe, expect, it } from 'vitest';
import { ImageDataset, memoryImages } from '../src/index';
import fixture from './fixtures/node-pixels.json';

const dataset = new ImageDataset({
  ids: Object.keys(fixture.files),
  labels: ['x'],
  y: new Uint8Array(Object.keys(fixture.files).length),
  images: memoryImages(Object.values(fixture.files).map((file) => Buffer.from(file, 'base64'))),
});
const batchOf = async (of: ImageDataset) => {
  for await (const { pixels } of of.batches({ size: [12, 14], batchSize: 32, seed: 3, epoch: 1 })) {
    return Buffer.from(pixels).toString('base64');
  }
  return '';
};

describe('what browsers are compared with', () => {
  it('is what Node gives today', async () => {
    expect(await batchOf(dataset)).toBe(fixture.plain);
    expect(await batchOf(dataset.crop('cover').augment(fixture.augment))).toBe(fixture.augmented);
  });
});
