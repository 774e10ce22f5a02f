import { useBestBackend } from '@thawjs/backends';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Classifier,
  classifier,
  classify,
  type ImageInput,
  type LabelPrediction,
  NotAnImageError,
} from '../../src';
import { PHOTO, PROBABILITIES } from '../prediction/photo';
import { LABELS, tinyBackbone } from '../tiny';

let model: Classifier;
const inOrder = (answers: readonly LabelPrediction[]) =>
  LABELS.map((label) => answers.find((one) => one.label === label)!.probability);

const [width, height] = [30, 20];
/** Opaque RGBA pixels, which every element of the page shows without loss. */
const rgba = Uint8ClampedArray.from(
  Array.from({ length: width * height }, (_, i) => [
    (i % width) * 8,
    Math.floor(i / width) * 12,
    90,
    255,
  ]).flat(),
);
const imageData = () => new ImageData(rgba, width, height);
function canvas(): HTMLCanvasElement {
  const element = document.createElement('canvas');
  Object.assign(element, { width, height });
  element.getContext('2d')!.putImageData(imageData(), 0, 0);
  return element;
}
const png = (): Promise<Blob> => new Promise((done) => canvas().toBlob((blob) => done(blob!), 'image/png'));
function image(url: string): HTMLImageElement {
  const element = new Image();
  element.src = url;
  return element;
}

beforeAll(async () => {
  await useBestBackend({ prefer: ['wasm'], wasmPath: '/', log: () => {} });
  model = classifier(tinyBackbone(), { labels: LABELS, seed: 6 });
});

describe('in a browser classify', () => {
  test.each<[string, () => ImageInput | Promise<ImageInput>]>([
    ['bytes', () => PHOTO],
    ['a File', () => new File([new Uint8Array(PHOTO)], 'photo.jpg')],
    ['a blob: URL', () => URL.createObjectURL(new Blob([new Uint8Array(PHOTO)]))],
    ['an img', () => image(URL.createObjectURL(new Blob([new Uint8Array(PHOTO)])))],
    ['an ImageBitmap', () => createImageBitmap(new Blob([new Uint8Array(PHOTO)]))],
  ])('gives for %s of a turned JPEG what Node gives, but for the decoder', async (_, make) => {
    const probabilities = inOrder(await classify(model, await make()));
    for (const [i, value] of probabilities.entries())
      expect(Math.abs(value - PROBABILITIES[i])).toBeLessThan(2e-3);
  });

  test.each<[string, () => ImageInput | Promise<ImageInput>]>([
    ['ImageData', imageData],
    ['a canvas', canvas],
    [
      'an OffscreenCanvas',
      () => {
        const offscreen = new OffscreenCanvas(width, height);
        offscreen.getContext('2d')!.putImageData(imageData(), 0, 0);
        return offscreen;
      },
    ],
    ['an ImageBitmap', () => createImageBitmap(imageData())],
    ['a PNG file', png],
    [
      'an img that is shown smaller',
      async () => Object.assign(image(URL.createObjectURL(await png())), { width: 5 }),
    ],
    ['a VideoFrame', () => new VideoFrame(canvas(), { timestamp: 0 })],
  ])('gives for %s what it gives for the same pixels', async (_, make) => {
    const expected = await classify(model, { data: rgba, width, height });
    const input = await make();
    const found = await classify(model, input);
    // A VideoFrame's pixels may have been through another colour space.
    const digits = typeof VideoFrame !== 'undefined' && input instanceof VideoFrame ? 2 : 6;
    for (const [i, value] of inOrder(found).entries()) {
      expect(value).toBeCloseTo(inOrder(expected)[i], digits);
    }
  });

  test('takes a FileList', async () => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(PHOTO)], 'a.jpg'));
    transfer.items.add(new File([await png()], 'b.png'));
    expect((await classify(model, transfer.files)).map((answer) => answer.length)).toEqual([2, 2]);
  });

  test.each<[string, () => ImageInput, RegExp]>([
    ['an img that is no image', () => image('data:text/plain,hello'), /HTMLImageElement that can't be/],
    ['a video without a frame', () => document.createElement('video'), /HTMLVideoElement of 0×0/],
    [
      'another element',
      () => document.createElement('p') as unknown as ImageInput,
      /received a HTMLParagraphElement/,
    ],
    ['text', () => new File(['hello'], 'notes.txt'), /notes\.txt.*unsupported image format/],
  ])('refuses %s in one sentence', async (_, make, message) => {
    const error = await classify(model, make()).catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(NotAnImageError);
    expect((error as Error).message).toMatch(message);
  });
});
