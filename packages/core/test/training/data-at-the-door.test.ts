import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type Classifier,
  classifier,
  DataMismatchError,
  evaluate,
  extractFeatures,
  fineTune,
  type LabelledBatch,
  type LabelledImages,
  OptionError,
  phase,
  predict,
} from '../../src';
import { bytes, LABELS, tinyBackbone, tinyImages } from '../tiny';

const train = tinyImages(12, 1);
const validation = tinyImages(8, 2);
const tiny = () => classifier(tinyBackbone(), { labels: LABELS });

afterEach(() => tf.disposeVariables());

/** The validation data with some label values of its own. */
function withLabels(value: (cell: number) => number, known?: (cell: number) => number): LabelledImages {
  const cells = Array.from({ length: validation.y.length }, (_, cell) => cell);
  return {
    ...validation,
    y: Float32Array.from(cells, value) as unknown as Uint8Array,
    ...(known && { known: Uint8Array.from(cells, known) }),
  };
}

describe('data that is none is refused before anything is computed', () => {
  const cases: [string, unknown, RegExp][] = [
    ['a list', [], /received a list/],
    ['a promise of a data set', Promise.resolve(train), /received a promise. Write await/],
    [
      'batches without their data set',
      train.batches({ size: [8, 8], batchSize: 4 }),
      /without the method batch/,
    ],
    ['no labels', { ...train, labels: undefined }, /whose labels are no list of names/],
    ['no ids', { ...train, ids: undefined }, /whose ids are no list of texts/],
    ['an id less', { ...train, ids: train.ids.slice(1) }, /an id for each of 12 images; received 11/],
    ['an unknown length', { ...train, length: undefined }, /of length undefined. Collect images/],
    ['a length without end', { ...train, length: Number.POSITIVE_INFINITY }, /of length Infinity/],
    [
      'labels as a list',
      { ...train, y: [...train.y] },
      /whose y is no typed array. Write Uint8Array.from\(y\)/,
    ],
    ['a mask as a list', { ...train, known: [...train.y] }, /whose known is no typed array/],
  ];
  test.each(cases)('%s', async (_, data, message) => {
    const model = tiny();
    const before = bytes(model);
    const images = data as LabelledImages;
    for (const call of [
      () => fineTune(model, { train: images }),
      () => fineTune(model, { train, validation: images }),
      () => phase(model, { name: 'head', train: images, epochs: 1, learningRate: 1e-3 }),
      () => evaluate(model, images),
      () => model.tune(images),
    ]) {
      await expect(call()).rejects.toThrow(DataMismatchError);
      await expect(call()).rejects.toThrow(message);
    }
    expect(bytes(model)).toEqual(before);
  });

  test.each<[string, LabelledImages, RegExp]>([
    ['a label coded as −1', withLabels((cell) => (cell === 3 ? -1 : 0)), /received -1 for "Red" of "1.jpg"/],
    [
      'a label that is NaN',
      withLabels((cell) => (cell === 2 ? Number.NaN : 0)),
      /from 0 to 1; received NaN for "Bright"/,
    ],
    [
      'no known label',
      withLabels(
        (cell) => cell % 2,
        () => 0,
      ),
      /one or more known labels; all 16 have a 0 in known/,
    ],
  ])('%s', async (_, data, message) => {
    for (const options of [{ train: data }, { train, validation: data }]) {
      const run = fineTune(tiny(), options);
      await expect(run).rejects.toThrow(DataMismatchError);
      await expect(run).rejects.toThrow(message);
    }
  });

  test('soft labels to validate on are refused if thresholds are to be fitted to them', async () => {
    const soft = withLabels((cell) => (cell % 2 ? 0.75 : 0.25));
    const run = fineTune(tiny(), { train, validation: soft });
    await expect(run).rejects.toThrow(/0.25 for "Bright" of "0.jpg". Round them, or pass tune: false/);
    const options = { head: { epochs: 1 }, thaw: false, tune: false } as const;
    const { history } = await fineTune(tiny(), { ...options, train, validation: soft });
    expect(history[0].val_loss).toBeGreaterThan(0);
  });

  test('labels that are not known may have any value, and count nowhere', async () => {
    const masked = (images: LabelledImages): LabelledImages => ({
      ...images,
      y: images.y.map((value, cell) => (cell < 4 ? 255 : value)),
      known: images.y.map((_, cell) => Number(cell >= 4)),
      async *batches(options) {
        for await (const batch of images.batches(options)) {
          const cells = [...batch.rows].flatMap((row) => [2 * row, 2 * row + 1]);
          const known = Uint8Array.from(cells, (cell) => Number(cell >= 4));
          yield { ...batch, y: batch.y.map((value, i) => (known[i] ? value : 255)) as Uint8Array, known };
        }
      },
    });
    const { recipe, baseRateLoss } = await fineTune(tiny(), {
      train: masked(train),
      validation: masked(validation),
      head: { epochs: 1 },
      thaw: false,
    });
    const positives = [0, 1].map(
      (label) => train.y.filter((y, cell) => cell >= 4 && cell % 2 === label && y).length,
    );
    expect(recipe.data.train.positives).toEqual(positives);
    expect(baseRateLoss).toBeLessThan(1);
  });
});

describe('what is no classifier is refused by name', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['nothing', () => undefined, /received undefined/],
    ['a backbone', tinyBackbone, /received something without a head/],
    ['a LayersModel', () => tinyBackbone().model, /received something without a head/],
    ['a promise', () => Promise.resolve(tiny()), /received a promise. Write await/],
  ])('%s', async (_, make, message) => {
    const given = make() as Classifier;
    for (const run of [
      fineTune(given, { train }),
      phase(given, { name: 'head', train, epochs: 1, learningRate: 1e-3 }),
    ]) {
      await expect(run).rejects.toThrow(OptionError);
      await expect(run).rejects.toThrow(message);
    }
  });

  test('options that are missing', async () => {
    const run = fineTune(tiny(), undefined as never);
    await expect(run).rejects.toThrow(/fineTune: expected an object of options; received undefined/);
    await expect(run).rejects.toThrow(OptionError);
  });
});

describe('batches that don’t have the rows of their data set are refused', () => {
  const changed = (images: LabelledImages, change: (batches: LabelledBatch[]) => LabelledBatch[]) => ({
    ...images,
    async *batches(options: Parameters<LabelledImages['batches']>[0]) {
      const all: LabelledBatch[] = [];
      for await (const batch of images.batches(options)) all.push(batch);
      yield* change(all);
    },
  });
  const fewer = (images: LabelledImages) => changed(images, (all) => all.slice(1).reverse().slice(0, 1));
  const cases: [string, (images: LabelledImages) => LabelledImages, RegExp][] = [
    ['too few', (images) => changed(images, (all) => all.slice(0, -1)), /expected \d+ images.*; received \d/],
    ['none', (images) => changed(images, () => []), /expected \d+ images.*; received 0/],
    ['too many', (images) => changed(images, (all) => [...all, all[0]]), /received \d+ or more/],
    [
      'no numbers',
      (images) => changed(images, (all) => all.map((batch) => ({ ...batch, rows: undefined }) as never)),
      /expected rows, the numbers of a batch's images/,
    ],
  ];
  test.each(cases)('%s', async (_, change, message) => {
    const model = tiny();
    const short = { head: false, thaw: { epochs: 1 }, batchSize: 4 } as const;
    for (const run of [
      () => fineTune(model, { ...short, train: change(train) }),
      () => fineTune(model, { ...short, train, validation: change(validation) }),
      () => fineTune(model, { train: change(train), head: { epochs: 1 }, thaw: false, batchSize: 4 }),
      () => extractFeatures(model, change(train), { batchSize: 4 }),
      () => evaluate(model, change(validation), { batchSize: 4 }),
      () => model.tune(change(validation), { batchSize: 4 }),
    ]) {
      await expect(run()).rejects.toThrow(DataMismatchError);
      await expect(run()).rejects.toThrow(message);
    }
  });

  test('another order, where the order is the data set’s', async () => {
    await expect(evaluate(tiny(), fewer(validation), { batchSize: 4 })).rejects.toThrow(/row 0 came as 4/);
  });

  test('predict says what it takes', async () => {
    await expect(predict(tiny(), ['photo.jpg'] as never)).rejects.toThrow(
      /For image files.* there is classify/,
    );
  });
});
