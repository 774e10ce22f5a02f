import '@tensorflow/tfjs-backend-cpu';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { load } from '@thawjs/core';
import { decodeImage, ImageDataset, memoryImages, resizeBilinear } from '@thawjs/datasets';
import * as ort from 'onnxruntime-web';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { writeZip } from '../../src/files/write-zip';
import type { Project } from '../../src/project/project';
import type { TrainedModel } from '../../src/training/trained-model';
import { DRAWN_LABELS, type DrawnImage, drawnCsv, drawnImages } from '../drawn-images';
import { openBrowser, png, Studio, text } from './studio';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const SIZE = 64;

test('from images to a downloaded model, which predicts the same in Node as in the page', async () => {
  const studio = await Studio.open(browser, inject('studio'));
  const { page } = studio;
  const images = await drawnImages(32);

  // A zip of images with a label file.
  const zip = await writeZip([
    ...images.map(({ name, png: content }) => ({
      path: `shapes/${name}`,
      content: new Blob([content as never]),
    })),
    { path: 'labels.csv', content: drawnCsv(images) },
  ]);
  await studio.add([
    { name: 'shapes.zip', mimeType: 'application/zip', buffer: Buffer.from(await zip.arrayBuffer()) },
  ]);
  await studio.says('"labels.csv" gave labels to 32 images. New labels: red, circle, dark.');

  await studio.go('Balance');
  await expect(
    page.getByRole('row', { name: 'red' }).first().getByRole('cell').allTextContents(),
  ).resolves.toEqual(expect.arrayContaining(['16', '16', '0']));

  await studio.go('Train');
  await page.getByText('More choices').click();
  await page.getByLabel('Image size').selectOption(`${SIZE}`);
  await page.getByLabel('Epochs of the whole network').fill('2');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await studio.untilTrained();
  await page.locator('.chart svg').first().waitFor();

  // A wrong mark of an image that the model wasn't trained on is among the mistakes, and is mended there.
  const { name, mark } = await surestImage(studio);
  await studio.go('Images and labels');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await studio.tiles.first().focus();
  await page.keyboard.press('1');
  await studio.go('Mistakes');
  const right = mark === 1 ? 'yes' : 'no';
  const button = page.getByRole('button', { name: `Change to ${right}: red of ${name}` });
  await button.click();
  await expect.poll(() => button.count()).toBe(0);
  const project = await studio.stored<Project>('project', 'current');
  expect(project.images.find((image) => image.name === name)?.marks).toEqual(
    Object.fromEntries(project.labels.map(({ id, name: label }) => [id, drawnMark(images, name, label)])),
  );

  await studio.go('Thresholds');
  await page.getByLabel('Threshold of circle').fill('0.3');
  await expect
    .poll(async () => (await studio.stored<TrainedModel>('settings', 'trained model')).thresholds[1])
    .toBe(0.3);

  await studio.go('Try it');
  await studio.choose('Choose an image', [png('other.png', images[0].png)]);
  await page.getByRole('list', { name: 'What the model says' }).waitFor();
  await page.getByRole('button', { name: 'Camera' }).click();
  await page.getByRole('list', { name: 'What the model says' }).waitFor();
  await page.getByRole('button', { name: 'Camera' }).click();

  // A new visit finds the model again.
  await page.reload();
  await studio.go('Download');
  const tfjs = await studio.download(() => page.getByRole('button', { name: 'model.zip' }).click());
  const onnx = await studio.download(() => page.getByRole('button', { name: 'model.onnx' }).click());

  const record = await studio.stored<TrainedModel>('settings', 'trained model');
  const nameOf = new Map(project.images.map(({ id, name }) => [id, name]));
  const drawn = record.images.map(({ id }) => {
    const image = images.find(({ name }) => `shapes/${name}` === nameOf.get(id));
    if (!image) throw new Error(`no image ${id}`);
    return image;
  });
  const expected = Array.from(Object.values(record.scores));
  expect(expected).toHaveLength(32 * DRAWN_LABELS.length);

  const model = await load(join(await unzipped(tfjs), 'model'));
  expect(model.labels).toEqual([...DRAWN_LABELS]);
  expect(model.thresholds).toEqual(record.thresholds);
  const dataset = new ImageDataset({
    ids: drawn.map(({ name }) => name),
    labels: [...DRAWN_LABELS],
    y: new Uint8Array(expected.length),
    images: memoryImages(drawn.map(({ png: bytes }) => bytes)),
  });
  const { data } = await model.predict(dataset);
  expect(furthest([...data], expected)).toBeLessThan(1e-4);

  const session = await ort.InferenceSession.create(new Uint8Array(onnx), { logSeverityLevel: 3 });
  const { probabilities } = await session.run({ images: await pixelsOf(drawn[0].png) });
  expect(furthest([...(probabilities.data as Float32Array)], expected.slice(0, 3))).toBeLessThan(1e-4);

  expect(studio.errors).toEqual([]);
  await studio.close();
});

test('a training that a reload interrupts goes on', async () => {
  const studio = await Studio.open(browser, inject('studio'));
  const { page } = studio;
  const images = await drawnImages(24);
  await studio.add([
    ...images.map(({ name, png: bytes }) => png(name, bytes)),
    text('labels.csv', drawnCsv(images)),
  ]);
  await studio.says(/gave labels to 24 images/);
  await studio.go('Train');
  await page.getByText('More choices').click();
  await page.getByLabel('Image size').selectOption(`${SIZE}`);
  await page.getByText('Only the new head').click();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByRole('button', { name: 'Pause' }).click({ timeout: 120_000 });
  await page.getByRole('heading', { name: 'Paused' }).waitFor({ timeout: 120_000 });
  await page.reload();
  await page.getByText('A training was interrupted.').waitFor();
  await page.getByRole('button', { name: 'Go on' }).click();
  await studio.untilTrained();
  await expect.poll(() => page.getByText('A training was interrupted.').count()).toBe(0);
  expect(studio.errors).toEqual([]);
  await studio.close();
});

/** Of the images that the model was checked with, the one about whose first label it is surest, and rightly so. */
async function surestImage(studio: Studio): Promise<{ name: string; mark: number }> {
  const { images, scores, labels } = await studio.stored<TrainedModel>('settings', 'trained model');
  const project = await studio.stored<Project>('project', 'current');
  const byId = new Map(project.images.map((image) => [image.id, image]));
  const [first] = images
    .flatMap(({ id, part }, row) => {
      const image = byId.get(id);
      const mark = image?.marks[labels[0]?.id ?? ''];
      if (part === 'train' || !image || mark === undefined) return [];
      return [{ name: image.name, mark, off: Math.abs(mark - (scores[row * labels.length] ?? 1)) }];
    })
    .sort((a, b) => a.off - b.off);
  if (!first) throw new Error('no image was checked with');
  return first;
}

function drawnMark(images: readonly DrawnImage[], name: string, label: string): number {
  const drawn = images.find((image) => `shapes/${image.name}` === name);
  return drawn?.labels.includes(label) ? 1 : 0;
}

/** The folder that a downloaded zip was unpacked into. */
async function unzipped(zip: Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'thaw-studio-model-'));
  const { BlobReader, BlobWriter, ZipReader } = await import('@zip.js/zip.js');
  for (const entry of await new ZipReader(new BlobReader(new Blob([zip as never]))).getEntries()) {
    if (entry.directory) continue;
    const path = join(folder, entry.filename);
    await mkdir(dirname(path), { recursive: true });
    const content = await entry.getData(new BlobWriter());
    await writeFile(path, new Uint8Array(await content.arrayBuffer()));
  }
  return folder;
}

/** A PNG as the ONNX model takes it: resized as Thaw resizes. */
async function pixelsOf(bytes: Buffer): Promise<ort.Tensor> {
  const image = await decodeImage(new Uint8Array(bytes));
  const pixels = resizeBilinear(image, [SIZE, SIZE], new Uint8Array(SIZE * SIZE * 3));
  return new ort.Tensor('float32', Float32Array.from(pixels), [1, SIZE, SIZE, 3]);
}

function furthest(values: readonly number[], expected: readonly number[]): number {
  return Math.max(...values.map((value, i) => Math.abs(value - (expected[i] ?? Number.NaN))));
}
