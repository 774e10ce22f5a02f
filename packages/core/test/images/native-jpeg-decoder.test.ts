import { type BackendName, useBestBackend } from '@thawjs/backends';
import { ImageDataset, memoryImages } from '@thawjs/datasets';
import { describe, expect, test } from 'vitest';
import fixture from '../../../datasets/test/fixtures/jpegs.json';
import { nativeJpegDecoder } from '../../src/images/native-jpeg-decoder';
import { tensorCount } from '../tiny';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const files = fixture.simple.map(({ file }) => bytes(file));
const size = fixture.size as [number, number];
const native = () => useBestBackend({ prefer: ['native'], log: () => {} });

describe('the native decoder of JPEGs', () => {
  test("gives TensorFlow's pixels, resized and rounded, and keeps no tensor", async () => {
    await native();
    const before = tensorCount();
    const pixels = await nativeJpegDecoder()!(files, size);
    expect(Buffer.from(pixels)).toEqual(Buffer.concat(fixture.simple.map(({ resized }) => bytes(resized))));
    expect(tensorCount()).toBe(before);
  });

  test.each([
    { what: 'more files than one run of a session takes', count: 35, of: [8, 8] as const },
    { what: 'sizes whose bytes are no multiple of four', count: 3, of: [5, 7] as const },
    { what: 'one file', count: 1, of: [64, 2] as const },
  ])('takes $what', async ({ count, of }) => {
    await native();
    const many = Array.from({ length: count }, (_, i) => files[i % files.length]);
    const dataset = new ImageDataset({
      ids: many.map((_, i) => `${i}`),
      labels: ['x'],
      y: new Uint8Array(count),
      images: memoryImages(many),
    });
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
