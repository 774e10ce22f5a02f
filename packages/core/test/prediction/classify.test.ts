import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { decodeImage, ImageDataset, memoryImages } from '@thawjs/datasets';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  classifier,
  classify,
  DownloadError,
  type ImageInput,
  type LabelPrediction,
  NotAnImageError,
  OptionError,
  ThawError,
} from '../../src';
import { LABELS, tensorCount, tinyBackbone } from '../tiny';
import { PHOTO, PROBABILITIES } from './photo';

const [width, height] = [30, 20];
/** A smooth picture, so that JPEG changes little. */
const rgb = Buffer.from(
  Array.from({ length: width * height }, (_, i) => [(i % width) * 8, Math.floor(i / width) * 12, 90]).flat(),
);
const picture = () => sharp(rgb, { raw: { width, height, channels: 3 } });
const model = classifier(tinyBackbone(), { labels: LABELS, seed: 6 });

let folder: string;
let png: Buffer;
let server: Server;
let origin: string;

beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'thaw-'));
  png = await picture().png().toBuffer();
  await writeFile(join(folder, 'photo.png'), png);
  server = createServer((request, response) => {
    response.statusCode = request.url === '/photo.png' ? 200 : 404;
    response.end(png);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

/** What a data set of the same image, as in training, gives, sorted. */
async function asInTraining(file: Buffer): Promise<LabelPrediction[]> {
  const data = new ImageDataset({
    ids: ['a'],
    labels: LABELS,
    y: Uint8Array.of(0, 0),
    images: memoryImages([file]),
  });
  const { data: probabilities } = await model.predict(data);
  return LABELS.map((label, i) => ({
    label,
    probability: probabilities[i],
    predicted: probabilities[i] >= 0.5,
  })).sort((a, b) => b.probability - a.probability);
}

describe('classify gives what predict gives for a data set of the same image', () => {
  const inputs: [string, () => ImageInput | Promise<ImageInput>][] = [
    ['a path', () => join(folder, 'photo.png')],
    ['a file URL', () => pathToFileURL(join(folder, 'photo.png'))],
    ['a file URL as text', () => pathToFileURL(join(folder, 'photo.png')).href],
    ['an http URL', () => `${origin}/photo.png`],
    ['a data URL', () => `data:image/png;base64,${png.toString('base64')}`],
    ['a Buffer', () => png],
    ['bytes', () => new Uint8Array(png)],
    ['an ArrayBuffer', () => new Uint8Array(png).buffer],
    ['a Blob', () => new Blob([new Uint8Array(png)])],
    ['a File', () => new File([new Uint8Array(png)], 'photo.png')],
    ['RGB pixels', () => ({ data: new Uint8Array(rgb), width, height })],
    [
      'RGBA pixels, as ImageData has them',
      async () => ({
        data: new Uint8ClampedArray(await picture().ensureAlpha(0.3).raw().toBuffer()),
        width,
        height,
      }),
    ],
    [
      'a canvas of a package for Node',
      async () => {
        const data = new Uint8ClampedArray(await picture().ensureAlpha().raw().toBuffer());
        return { width, height, getContext: () => ({ getImageData: () => ({ data }) }) };
      },
    ],
    ['an int32 tensor', () => tf.tensor3d(new Int32Array(rgb), [height, width, 3], 'int32')],
    ['a float tensor', () => tf.tensor3d(Float32Array.from(rgb), [height, width, 3])],
    [
      'a tensor with alpha',
      async () =>
        tf.tensor3d(new Int32Array(await picture().ensureAlpha().raw().toBuffer()), [height, width, 4]),
    ],
  ];
  test.each(inputs)('from %s', async (_, make) => {
    const input = await make();
    expect(await classify(model, input)).toEqual(await asInTraining(png));
    if (input instanceof tf.Tensor) input.dispose();
  });

  test.each<[string, () => Sharp]>([
    ['a JPEG with EXIF orientation', () => picture().withMetadata({ orientation: 6 }).jpeg()],
    ['a grey JPEG', () => picture().greyscale().jpeg()],
    ['a CMYK JPEG', () => picture().toColourspace('cmyk').jpeg()],
    ['a PNG with alpha', () => picture().ensureAlpha(0.4).png()],
    ['a PNG of 16 bits', () => picture().toColourspace('rgb16').png()],
    ['a WebP', () => picture().webp()],
    ['a GIF', () => picture().gif()],
    ['a TIFF', () => picture().tiff()],
    ['an AVIF', () => picture().avif()],
  ])('from %s', async (_, make) => {
    const file = await make().toBuffer();
    expect(await classify(model, file)).toEqual(await asInTraining(file));
  });

  test('from a JPEG that the browser test compares with', async () => {
    const answers = await classify(model, PHOTO);
    expect(answers).toEqual(await asInTraining(Buffer.from(PHOTO)));
    for (const [i, label] of LABELS.entries()) {
      expect(answers.find((one) => one.label === label)!.probability).toBeCloseTo(PROBABILITIES[i], 5);
    }
  });

  test('from a tensor with fractions, which are not rounded', async () => {
    const half = tf.tensor3d(
      Float32Array.from(rgb, (value) => Math.min(255, value + 0.25)),
      [height, width, 3],
    );
    const [first] = await classify(model, half);
    const [rounded] = await asInTraining(png);
    expect(first.probability).not.toBe(rounded.probability);
    expect(first.probability).toBeCloseTo(rounded.probability, 2);
    half.dispose();
  });

  test('from grey pixels in a tensor of one channel', async () => {
    const grey = await picture().greyscale().png().toBuffer();
    const { data } = await decodeImage(grey);
    const one = tf.tensor3d(
      Int32Array.from({ length: width * height }, (_, i) => data[i * 3]),
      [height, width, 1],
    );
    expect(await classify(model, one)).toEqual(await asInTraining(grey));
    one.dispose();
  });
});

describe('classify', () => {
  test('gives a list of answers for a list, in its order, whatever the batch', async () => {
    const red = await sharp({ create: { width: 9, height: 40, channels: 3, background: '#f00' } })
      .png()
      .toBuffer();
    const files = Array.from({ length: 11 }, (_, i) => (i % 3 ? png : red));
    const single = [await classify(model, red), await classify(model, png)];
    const done: number[] = [];
    const answers = await classify(model, files, { batchSize: 4, onProgress: (count) => done.push(count) });
    for (const [i, answer] of answers.entries()) {
      for (const [rank, one] of answer.entries()) {
        expect(one.label).toBe(single[i % 3 ? 1 : 0][rank].label);
        expect(one.probability).toBeCloseTo(single[i % 3 ? 1 : 0][rank].probability, 6);
      }
    }
    expect(done).toEqual([4, 8, 11]);
    expect(await classify(model, [])).toEqual([]);
    expect(await model.classify([png], { topK: 1 })).toEqual([[(await model.classify(png))[0]]]);
  });

  test('takes a tensor of several images, and leaves no tensor behind', async () => {
    const one = tf.tensor3d(new Int32Array(rgb), [height, width, 3], 'int32');
    const two = tf.stack([one, one]) as tf.Tensor4D;
    const expected = await classify(model, one);
    const before = tensorCount();
    expect(await classify(model, two)).toEqual([expected, expected]);
    await expect(classify(model, [one, 'lost.png'])).rejects.toThrow(NotAnImageError);
    expect(tensorCount()).toBe(before);
    tf.dispose([one, two]);
  });

  test("compares with the model's thresholds, or one threshold, and uses the calibration", async () => {
    const own = classifier(tinyBackbone(), { labels: LABELS, seed: 6 });
    own.calibration = { slopes: [2, 1], intercepts: [-1, 3] };
    const answers = await own.classify(png);
    const [least, most] = [answers[1].probability, answers[0].probability];
    own.thresholds = LABELS.map((label) => answers.find((one) => one.label === label)!.probability);
    expect((await own.classify(png)).map(({ predicted }) => predicted)).toEqual([true, true]);
    expect((await own.classify(png, { threshold: (least + most) / 2 })).map((one) => one.predicted)).toEqual([
      true,
      false,
    ]);
    const plain = await classify(model, png);
    const logit = (p: number) => Math.log(p / (1 - p));
    const raw = plain.find(({ label }) => label === 'Red')!.probability;
    const calibrated = answers.find(({ label }) => label === 'Red')!.probability;
    expect(logit(calibrated)).toBeCloseTo(logit(raw) + 3, 3);
  });

  test("returns errors in the place of answers if told so, and the others' answers", async () => {
    const answers = await classify(model, ['lost.png', png, Buffer.from('no image'), `${origin}/lost`], {
      onError: 'return',
    });
    expect(answers.map((answer) => (answer instanceof Error ? answer.name : answer.length))).toEqual([
      'NotAnImageError',
      2,
      'NotAnImageError',
      'DownloadError',
    ]);
  });

  test('ends when it is told to', async () => {
    const controller = new AbortController();
    const all = classify(model, Array(20).fill(png), {
      batchSize: 2,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(all).rejects.toThrow('enough');
  });

  const bad: [string, () => unknown, RegExp][] = [
    ['a lost file', () => '/no/such/file.jpg', /at \/no\/such\/file\.jpg; there is no such file\. Paths/],
    ['a folder', () => tmpdir(), /it is a folder/],
    ['text', () => Buffer.from('hello'), /the given bytes; it can't be decoded: unsupported image format/],
    ['no bytes', () => new Uint8Array(), /unsupported image format/],
    ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /unsupported image format/],
    ['a cut file', () => png.subarray(0, 60), /can't be decoded: .*Is the file whole/],
    ['a named file', () => new File(['x'], 'notes.txt'), /an image in notes\.txt/],
    ['nothing', () => undefined, /received undefined/],
    ['null', () => null, /received null/],
    ['a number', () => 5, /received 5/],
    ['an object', () => ({}), /received a Object/],
    ['a list of bytes', () => [255, 216], /a list of numbers. Give the bytes of a file as a Uint8Array/],
    ['floats', () => new Float32Array(12), /a Float32Array, which has no width and height/],
    ['a data set', () => ({ length: 0, batches() {} }), /a data set: give it to predict/],
    [
      'pixels for another size',
      () => ({ data: new Uint8Array(7), width: 1, height: 2 }),
      /7 values of Uint8Array for 1×2/,
    ],
    [
      'pixels in floats',
      () => ({ data: new Float32Array(12), width: 2, height: 2 }),
      /12 values of Float32Array/,
    ],
    ['no pixels', () => ({ data: new Uint8Array(), width: 0, height: 0 }), /0×0/],
    ['a flat tensor', () => tf.tensor1d([1, 2, 3]), /received \[3\]/],
    ['two channels', () => tf.zeros([2, 2, 2]), /received \[2, 2, 2\]/],
    ['pixels from 0 to 1', () => tf.fill([2, 2, 3], 0.5), /fractions of at most 0\.5\. Multiply them by 255/],
    ['pixels from −1 to 1', () => tf.fill([2, 2, 3], -0.5), /received -0\.5 in a tensor of float32/],
    ['NaN', () => tf.fill([2, 2, 3], Number.NaN), /received NaN/],
    ['an ImageData of nothing', () => ({ width: 0, height: 0, getContext: () => null }), /of 0×0/],
  ];
  test.each(bad)('refuses %s in one sentence', async (_, make, message) => {
    const error = await classify(model, make() as ImageInput).catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(NotAnImageError);
    expect(error).toBeInstanceOf(ThawError);
    expect((error as Error).message).toMatch(message);
  });

  test('refuses an image of too many pixels before it is decoded, and a URL of too many bytes', async () => {
    const limits = { pixels: width * height - 1 };
    const pixels = { data: new Uint8Array(rgb), width, height };
    for (const input of [png, pixels]) {
      await expect(classify(model, input, { limits })).rejects.toThrow(
        /at most 599 pixels .*received 30×20.*limits: \{ pixels: … \}/,
      );
    }
    await expect(classify(model, `${origin}/photo.png`, { limits: { bytes: 10 } })).rejects.toThrow(
      DownloadError,
    );
  });

  test.each([
    ['a misspelt option', { topk: 1 }, /"topk"/],
    ['no label', { topK: 0 }, /topK of 1 or more/],
    ['a threshold in per cent', { threshold: 50 }, /threshold from 0 to 1; received 50/],
    ['a misspelt limit', { limits: { pixel: 1 } }, /limits: .*"pixel"/],
    ['an unknown answer to errors', { onError: 'skip' }, /onError to be 'throw' or 'return'/],
  ])('refuses %s', async (_, options, message) => {
    await expect(classify(model, png, options as object)).rejects.toThrow(OptionError);
    await expect(classify(model, png, options as object)).rejects.toThrow(message);
  });
});
