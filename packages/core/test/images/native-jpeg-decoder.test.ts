import * as tf from '@tensorflow/tfjs-core';
import { type BackendName, useBestBackend } from '@thawjs/backends';
import { ImageDataset, memoryImages } from '@thawjs/datasets';
import { describe, expect, test } from 'vitest';
import fixture from '../../../datasets/test/fixtures/jpegs.json';
import { nativeJpegDecoder } from '../../src/images/native-jpeg-decoder';
import { NativePixels } from '../../src/images/native-pixels';
import { pixelTensor } from '../../src/prediction/pixel-tensor';
import { tensorCount } from '../tiny';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const files = fixture.simple.map(({ file }) => bytes(file));
const size = fixture.size as [number, number];
const native = () => useBestBackend({ prefer: ['native'], log: () => {} });

const datasetOf = (images: readonly Uint8Array[]) =>
  new ImageDataset({
    ids: images.map((_, i) => `${i}`),
    labels: ['x'],
    y: new Uint8Array(images.length),
    images: memoryImages(images),
  });
const expected = Buffer.concat(fixture.simple.map(({ resized }) => bytes(resized)));

describe('the native decoder of JPEGs', () => {
  test("gives TensorFlow's pixels, resized and rounded, and keeps no tensor", async () => {
    await native();
    const before = tensorCount();
    const pixels = await nativeJpegDecoder()!(files, size);
    expect(Buffer.from(pixels)).toEqual(expected);
    expect(tensorCount()).toBe(before);
  });

  test.each([
    { what: 'more files than one run of a session takes', count: 35, of: [8, 8] as const },
    { what: 'sizes whose bytes are no multiple of four', count: 3, of: [5, 7] as const },
    { what: 'one file', count: 1, of: [64, 2] as const },
  ])('takes $what', async ({ count, of }) => {
    await native();
    const many = Array.from({ length: count }, (_, i) => files[i % files.length]);
    const dataset = datasetOf(many);
    const alone: Uint8Array[] = [];
    for await (const { pixels } of dataset.batches({ size: of, batchSize: 64 })) alone.push(pixels);
    expect(await nativeJpegDecoder()!(many, of)).toEqual(alone[0]);
  });

  test('rejects a file that is cut off, and keeps no tensor', async () => {
    await native();
    const before = tensorCount();
    const { file } = fixture.others.at(-1)!;
    await expect(nativeJpegDecoder()!([files[0], bytes(file)], size)).rejects.toThrow(/JPEG/);
    expect(tensorCount()).toBe(before);
  });

  test.each<BackendName>(['wasm', 'cpu'])('is not there on %s', async (backend) => {
    await useBestBackend({ prefer: [backend], log: () => {} });
    expect(nativeJpegDecoder()).toBeUndefined();
  });
});

describe('batches with the native decoder', () => {
  const options = () => ({ size, batchSize: 2, decoder: nativeJpegDecoder()! });

  test('keep the images in TensorFlow until their pixels are read, and no tensor afterwards', async () => {
    await native();
    const before = tensorCount();
    const read: Uint8Array[] = [];
    for await (const batch of datasetOf(files).batches(options())) {
      expect(batch.held).toBeInstanceOf(NativePixels);
      read.push(batch.pixels);
      expect(batch.held).toBeUndefined();
      expect(batch.pixels).toBe(read.at(-1));
    }
    expect(Buffer.concat(read)).toEqual(expected);
    expect(tensorCount()).toBe(before);
  });

  test('give the network the images that they hold', async () => {
    await native();
    const before = tensorCount();
    const given: number[] = [];
    for await (const batch of datasetOf(files).batches(options())) {
      const images = pixelTensor(batch);
      expect(batch.held).toBeDefined();
      const numbers = tf.tidy(() => tf.cast(images, 'float32').dataSync());
      images.dispose();
      given.push(...numbers);
    }
    expect(given).toEqual([...expected]);
    expect(tensorCount()).toBe(before);
  });

  test('can be read after their turn, and keep no tensor if the loop is left', async () => {
    await native();
    const before = tensorCount();
    const batches = [];
    for await (const batch of datasetOf([...files, ...files]).batches(options())) {
      batches.push(batch);
      if (batches.length === 2) break;
    }
    expect(tensorCount()).toBe(before);
    const read = Buffer.concat(batches.map(({ pixels }) => pixels));
    expect(read).toEqual(expected.subarray(0, read.length));
    expect(tensorCount()).toBe(before);
  });

  test('are copied without what the decoder holds, so that other pixels take their place', async () => {
    await native();
    for await (const batch of datasetOf(files).batches(options())) {
      const copy = { ...batch, pixels: batch.pixels.map((pixel) => 255 - pixel) };
      expect('held' in copy).toBe(false);
      const images = pixelTensor(copy);
      const numbers = tf.tidy(() => tf.cast(images, 'float32').dataSync());
      images.dispose();
      expect([...numbers]).toEqual([...batch.pixels].map((pixel) => 255 - pixel));
    }
  });

  test('leave a damaged file to sharp, which names it, and keep no tensor', async () => {
    await native();
    const before = tensorCount();
    const { file } = fixture.others.at(-1)!;
    const pass = async () => {
      for await (const { rows } of datasetOf([...files, bytes(file)]).batches(options())) {
        expect(rows.length).toBe(2);
      }
    };
    await expect(pass()).rejects.toMatchObject({ name: 'ImageDecodeError', id: `${files.length}` });
    expect(tensorCount()).toBe(before);
  });
});
