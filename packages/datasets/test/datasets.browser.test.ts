import { describe, expect, it } from 'vitest';
import { blobImages, ImageDataset, type ImageSource, memoryImages, mixImages, urlImages } from '../src/index';
import fixture from './fixtures/node-pixels.json';

const names = Object.keys(fixture.files);
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const files = Object.values(fixture.files).map(bytesOf);
const dataset = (images: ImageSource) =>
  new ImageDataset({ ids: names, labels: ['x'], y: new Uint8Array(names.length), images });
const batchOf = async (of: ImageDataset) => {
  for await (const { pixels } of of.batches({ size: [12, 14], batchSize: 32, seed: 3, epoch: 1 })) {
    return pixels;
  }
  throw new Error('no batch');
};
/** The largest difference of each image, in levels of 255. */
const differences = (pixels: Uint8Array, expected: string) => {
  const node = bytesOf(expected);
  const bytes = node.length / names.length;
  const of = (i: number) => {
    let most = 0;
    for (let k = i * bytes; k < (i + 1) * bytes; k++) most = Math.max(most, Math.abs(pixels[k]! - node[k]!));
    return most;
  };
  return Object.fromEntries(names.map((name, i) => [name, of(i)]));
};

describe('ImageDataset in a browser', () => {
  it('gives the batches that Node gives, within 1/255', async () => {
    const seen = differences(await batchOf(dataset(memoryImages(files))), fixture.plain);
    expect(Math.max(...Object.values(seen)), JSON.stringify(seen)).toBeLessThanOrEqual(1);
  });

  it('crops and augments as Node does', async () => {
    const varied = dataset(memoryImages(files)).crop('cover').augment(fixture.augment);
    const { 'half-clear.png': clear, ...opaque } = differences(await batchOf(varied), fixture.augmented);
    expect(Math.max(...Object.values(opaque)), JSON.stringify(opaque)).toBeLessThanOrEqual(1);
    // a canvas keeps colours multiplied by alpha, and brightness and hue stretch what that rounds away
    expect(clear).toBeLessThanOrEqual(4);
  });

  it('reads Files, Blobs and URLs alike', async () => {
    const expected = await batchOf(dataset(memoryImages(files)));
    const given = files.map((file, i) => new File([file], names[i]!));
    expect(await batchOf(dataset(blobImages(given)))).toEqual(expected);
    expect(await batchOf(dataset(blobImages(files.map((file) => new Blob([file])))))).toEqual(expected);
    const urls = given.map((file) => URL.createObjectURL(file));
    expect(await batchOf(dataset(urlImages(urls)))).toEqual(expected);
    for (const url of urls) URL.revokeObjectURL(url);
  });

  it('names an image that is none, or is not there', async () => {
    const broken = dataset(blobImages(names.map((name) => new File(['<html>'], name))));
    await expect(broken.image(1)).rejects.toMatchObject({ name: 'ImageDecodeError', id: 'plain.jpg' });
    const missing = dataset(urlImages(names.map(() => new URL('/no-such-image.jpg?', location.href))));
    await expect(missing.image(0)).rejects.toThrow(/could not (read|decode) it/);
    const skipped: string[] = [];
    const onCorrupt = ({ id }: { id: string }) => skipped.push(id);
    for await (const _ of broken.batches({ size: [4, 4], batchSize: 2, corrupt: 'skip', onCorrupt })) {
      throw new Error('expected no batch');
    }
    expect(skipped).toEqual(names);
  });

  it('mixes, splits, shuffles and stops as anywhere', async () => {
    const images = dataset(memoryImages(files));
    for await (const { y, rows } of mixImages(images, { mixup: 0.4 }).batches({
      size: [4, 4],
      batchSize: 4,
      shuffle: true,
    })) {
      expect(y).toHaveLength(rows.length);
    }
    const abort = new AbortController();
    const pass = images.batches({ size: [4, 4], batchSize: 2, signal: abort.signal });
    await pass.next();
    abort.abort(new Error('enough'));
    await expect(pass.next()).rejects.toThrow('enough');
  });
});
