import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Callback,
  type Classifier,
  classifier,
  DataMismatchError,
  type FineTuneOptions,
  fineTune,
  type LabelledImages,
  OptionError,
  type Run,
  StaleFeaturesError,
  unfreeze,
} from '../../src';
import { leafLayers } from '../../src/layers/leaf-layers';
import { bytes, LABELS, tensorCount, tinyBackbone, tinyImages } from '../tiny';

let path: string;

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'thaw-phase-'));
});

afterEach(async () => {
  tf.disposeVariables();
  await rm(path, { recursive: true, force: true });
});

const tiny = (dropout = 0) => classifier(tinyBackbone(), { labels: LABELS, dropout });

/** A data set that counts the images that were asked of it. */
function counting(images: LabelledImages): LabelledImages & { asked: number } {
  const counted = {
    ...images,
    asked: 0,
    async *batches(options: Parameters<LabelledImages['batches']>[0]) {
      for await (const batch of images.batches(options)) {
        counted.asked += batch.rows.length;
        yield batch;
      }
    },
  };
  return counted;
}

const thaw = { epochs: 3, learningRate: 1e-3, freezeFirst: 3 } as const;
const options = {
  train: tinyImages(40, 1),
  validation: tinyImages(24, 2),
  batchSize: 16,
  head: false,
  thaw,
} as const satisfies FineTuneOptions;

const numbersOf = ({ history }: Run) =>
  history.map(({ loss, val_loss, val_auc }) => [loss, val_loss, Number(val_auc)]);

function expectClose(actual: readonly (readonly number[])[], expected: readonly (readonly number[])[]): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, row] of actual.entries()) {
    for (const [j, value] of row.entries()) expect(value).toBeCloseTo(expected[i][j], 5);
  }
}

async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** What a run said of itself. */
function listening() {
  const notes: string[] = [];
  const phases: string[] = [];
  const features: string[] = [];
  const callback: Callback = {
    onNote: (text) => void notes.push(text),
    onPhaseBegin: ({ name, featuresOf }) => void phases.push(`${name}: ${featuresOf ?? 'images'}`),
    onBatchEnd: ({ activity, batch, batches }) =>
      void (activity === 'features' && features.push(`${batch}/${batches}`)),
  };
  return { notes, phases, features, callbacks: [callback] };
}

describe('a phase with a frozen prefix', () => {
  test('goes through it once an image, and learns what it would learn without keeping anything', async () => {
    const heard = listening();
    const train = counting(options.train);
    const kept = tiny(0.3);
    const run = await fineTune(kept, { ...options, train, callbacks: heard.callbacks });
    expect(heard.phases).toEqual(['thaw: one_relu']);
    expect(heard.features).toEqual(['1/5', '2/5', '3/5', '4/5', '5/5']);
    expect(train.asked).toBe(40);
    const plain = tiny(0.3);
    expectClose(numbersOf(run), numbersOf(await fineTune(plain, { ...options, featureCache: false })));
    for (const [i, weight] of kept.model.weights.entries()) {
      const difference = tf.max(tf.abs(tf.sub(weight.read(), plain.model.weights[i].read())));
      expect(difference.dataSync()[0]).toBeLessThan(1e-4);
    }
  });

  test('in a nested model, too', async () => {
    const nested = () => {
      const base = tinyBackbone('base');
      const input = tfl.input({ shape: [8, 8, 3], name: 'outer' });
      const outputs = base.model.apply(input) as tfl.SymbolicTensor;
      return classifier(
        { ...base, model: tfl.model({ inputs: input, outputs }) },
        { labels: LABELS, dropout: 0 },
      );
    };
    const heard = listening();
    const own = { ...options, thaw: { ...thaw, freezeFirst: 4 } };
    const run = await fineTune(nested(), { ...own, callbacks: heard.callbacks });
    expect(heard.phases).toEqual(['thaw: base/one_relu']);
    expectClose(numbersOf(run), numbersOf(await fineTune(nested(), { ...own, featureCache: false })));
  });

  test('trains on the data set’s own order of a shuffled epoch, where it tells it', async () => {
    const { length, y } = options.train;
    const [all] = await collected(options.train.batches({ size: [8, 8], batchSize: length }));
    const rowsOf = (epoch: number) => Int32Array.from({ length }, (_, i) => (7 * i + epoch) % length);
    const train: LabelledImages = {
      ...options.train,
      order: ({ epoch }) => rowsOf(epoch),
      async *batches({ shuffle, batchSize, epoch = 0 }) {
        const order = shuffle ? rowsOf(epoch) : all.rows;
        for (let start = 0; start < length; start += batchSize) {
          const rows = order.slice(start, start + batchSize);
          const of = <Values extends Uint8Array>(values: Values, width: number) =>
            Uint8Array.from([...rows].flatMap((row) => [...values.subarray(row * width, (row + 1) * width)]));
          const shape = [rows.length, 8, 8, 3] as const;
          yield { rows, shape, y: of(y, 2), pixels: of(all.pixels as Uint8Array, 192) };
        }
      },
    };
    const labelsSeen = async (featureCache?: false) => {
      const seen: number[][] = [];
      const loss = (y: tf.Tensor2D, p: tf.Tensor2D) => {
        seen.push(Array.from(y.dataSync()));
        return tf.mean(tf.squaredDifference(y, p), 1) as tf.Tensor1D;
      };
      await fineTune(tiny(), { ...options, validation: undefined, train, loss, featureCache });
      return seen;
    };
    expect(await labelsSeen()).toEqual(await labelsSeen(false));
  });

  test('leaves the model as it was: topology, layers’ outputs, tensors, and what dispose frees', async () => {
    const before = tensorCount();
    const model = tiny();
    const topology = () => String(model.model.toJSON()).replaceAll(/"trainable":(true|false)/g, '');
    const atStart = topology();
    const made = tensorCount();
    for (let phase = 0; phase < 3; phase++) {
      await fineTune(model, {
        ...options,
        head: { epochs: 1, learningRate: 0.01 },
        thaw: { ...thaw, epochs: 1 },
      });
    }
    expect(topology()).toBe(atStart);
    for (const { layer } of leafLayers(model.model)) expect(layer.inboundNodes.length).toBe(1);
    expect(model.featureModel().outputs[0].shape).toEqual([null, 4]);
    expect(tensorCount()).toBe(made);
    model.dispose();
    expect(tensorCount()).toBe(before);
  });

  test('lets callbacks save, predict and take features while it runs', async () => {
    const topologies = new Set<unknown>();
    const look: Callback = {
      async onEpochEnd(_, { classifier }) {
        topologies.add(classifier.model.toJSON());
        await classifier.predict(options.validation);
        expect(classifier.featureModel().outputs[0].shape).toEqual([null, 4]);
      },
    };
    const model = tiny();
    await fineTune(model, { ...options, callbacks: [look] });
    expect([...topologies]).toEqual([model.model.toJSON()]);
  });

  test('keeps nothing after an error or an abort', async () => {
    const model = tiny();
    const before = tensorCount();
    for (const activity of ['features', 'train'] as const) {
      const broken: Callback = {
        onBatchEnd: (event) => {
          if (event.activity === activity) throw new Error('broken');
        },
      };
      await expect(fineTune(model, { ...options, callbacks: [broken] })).rejects.toThrow('broken');
      for (const { layer } of leafLayers(model.model)) expect(layer.inboundNodes.length).toBe(1);
    }
    expect(tensorCount()).toBe(before);
  });
});

describe('features of augmented images', () => {
  /** Epoch e of seed s adds e + s to every pixel. */
  const augmented = (): LabelledImages & { asked: number } => {
    const images = tinyImages(32, 1);
    return counting({
      ...images,
      augmentation: { brightness: 1 },
      async *batches(asked) {
        const { epoch = 0, seed = 0 } = asked;
        for await (const batch of images.batches(asked)) {
          yield { ...batch, pixels: Float32Array.from(batch.pixels, (value) => value + epoch + seed) };
        }
      },
    });
  };

  test.each([
    [
      'the head alone: one view',
      { head: { epochs: 3, learningRate: 0.1 }, thaw: false },
      'head: head_pool',
      32,
    ],
    [
      'the head alone: as many as asked for',
      { head: { epochs: 3, learningRate: 0.1, views: 2 }, thaw: false },
      'head: head_pool',
      64,
    ],
    [
      'no more views than epochs',
      { head: { epochs: 3, learningRate: 0.1, views: 9 }, thaw: false },
      'head: head_pool',
      96,
    ],
    ['a thawed backbone: none, every epoch has its own', { head: false, thaw }, 'thaw: images', 96],
    [
      'a thawed backbone: as many as asked for',
      { head: false, thaw: { ...thaw, views: 2 } },
      'thaw: one_relu',
      64,
    ],
  ] as const)('%s', async (_, phases, how, asked) => {
    const heard = listening();
    const train = augmented();
    await fineTune(tiny(), { ...options, ...phases, train, callbacks: heard.callbacks });
    expect([heard.phases[0], train.asked]).toEqual([how, asked]);
  });
});

describe('features that memory has no room for', () => {
  test('of a deep cut are left, for those of a shallower one that fit', async () => {
    const input = tfl.input({ shape: [8, 8, 3], name: 'image' });
    const conv = (filters: number, name: string) => tfl.layers.conv2d({ filters, kernelSize: 1, name });
    const narrow = conv(1, 'narrow').apply(input);
    const wide = conv(9, 'wide').apply(narrow);
    const model = tfl.model({ inputs: input, outputs: conv(2, 'last').apply(wide) as tfl.SymbolicTensor });
    const made = classifier({ ...tinyBackbone(), model, stages: [] }, { labels: LABELS });
    const heard = listening();
    const one = 4 * 64 * 64;
    const own = { ...options, callbacks: heard.callbacks };
    await fineTune(made, { ...own, featureCache: { maxBytes: 9 * one } });
    await fineTune(made, { ...own, featureCache: { maxBytes: 9 * one - 1 } });
    await fineTune(made, { ...own, featureCache: { maxBytes: one - 1 } });
    expect(heard.phases).toEqual(['thaw: wide', 'thaw: narrow', 'thaw: images']);
    expect(heard.notes).toEqual([
      'no features are kept: those of the frozen layers need 16.4 kB, featureCache.maxBytes is 16.4 kB.',
    ]);
  });

  test.each([-1, Number.NaN])('a limit of %d is refused before anything is computed', async (maxBytes) => {
    const train = counting(options.train);
    await expect(fineTune(tiny(), { ...options, train, featureCache: { maxBytes } })).rejects.toThrow(
      OptionError,
    );
    expect(train.asked).toBe(0);
  });
});

describe('features in a folder', () => {
  const traced = (images: LabelledImages, fingerprint = 'a') => counting({ ...images, fingerprint });

  async function run(
    model: Classifier,
    {
      fingerprint = 'a',
      seed = 0,
      folder = path,
    }: { fingerprint?: string; seed?: number; folder?: string } = {},
  ) {
    const heard = listening();
    const train = traced(options.train, fingerprint);
    const validation = traced(options.validation, fingerprint);
    const result = await fineTune(model, {
      ...options,
      train,
      validation,
      seed,
      featureCache: { folder },
      callbacks: heard.callbacks,
    });
    return { ...heard, asked: train.asked + validation.asked, numbers: numbersOf(result) };
  }

  test('are taken up by the next run, which reads no image and learns the same', async () => {
    const first = await run(tiny());
    const second = await run(tiny());
    expect([first.asked, second.asked]).toEqual([64, 0]);
    expect(second.numbers).toEqual(first.numbers);
    expect(second.features).toEqual(['3/5', '5/5']);
    expect([...first.notes, ...second.notes]).toEqual([]);
    expect((await readdir(join(path, 'thaw-features'))).length).toBe(2);
  });

  test('are the same for another seed, which orders images that aren’t augmented', async () => {
    await run(tiny());
    expect((await run(tiny(), { seed: 5 })).asked).toBe(0);
  });

  test.each([
    ['an image behind an id', (model: Classifier) => run(model, { fingerprint: 'b' }), 64],
    [
      'a frozen weight',
      (model: Classifier) => {
        const kernel = model.model.getLayer('one_conv').weights[0];
        kernel.write(tf.mul(kernel.read(), 1.001));
        return run(model);
      },
      64,
    ],
    [
      'a frozen BatchNormalization’s statistics',
      (model: Classifier) => {
        const mean = model.model.getLayer('one_bn').weights[2];
        mean.write(tf.add(mean.read(), 0.001));
        return run(model);
      },
      64,
    ],
    [
      'the preprocessing',
      (model: Classifier) =>
        run(
          classifier(
            { ...tinyBackbone(), preprocessing: { ...model.preprocessing, scale: 1 } },
            { labels: LABELS, dropout: 0 },
          ),
        ),
      64,
    ],
    [
      'nothing but a weight that learns',
      (model: Classifier) => {
        const kernel = model.model.getLayer('two_conv').weights[0];
        kernel.write(tf.mul(kernel.read(), 1.001));
        return run(model);
      },
      0,
    ],
  ])('are computed anew after a change of %s', async (_, changed, asked) => {
    await run(tiny());
    expect((await changed(tiny())).asked).toBe(asked);
  });

  test('that are damaged are computed anew, and mended', async () => {
    const first = await run(tiny());
    for (const name of await readdir(join(path, 'thaw-features')))
      await writeFile(join(path, 'thaw-features', name), 'half');
    const second = await run(tiny());
    expect([second.asked, second.numbers]).toEqual([64, first.numbers]);
    expect((await run(tiny())).asked).toBe(0);
  });

  test('aren’t kept there for a data set that can’t tell whether its images have changed; memory serves, and the run says so', async () => {
    const heard = listening();
    const train = counting(options.train);
    await fineTune(tiny(), { ...options, train, featureCache: { folder: path }, callbacks: heard.callbacks });
    expect([heard.phases, train.asked]).toEqual([['thaw: one_relu'], 40]);
    expect(heard.notes).toEqual([
      'features are kept in memory alone: the data set has no fingerprint to tell whether its images have changed.',
    ]);
    expect(await readdir(path)).toEqual([]);
  });

  test('that are more than its limit are kept in memory, and the run says so; what lies there stays', async () => {
    await run(tiny());
    const before = await readdir(join(path, 'thaw-features'));
    const heard = listening();
    const train = traced(tinyImages(50, 3));
    const featureCache = { folder: path, maxBytes: 1000 };
    const own = { ...options, validation: undefined, train, featureCache, callbacks: heard.callbacks };
    await fineTune(tiny(), own);
    expect([heard.phases, train.asked]).toEqual([['thaw: one_relu'], 50]);
    expect(heard.notes).toEqual([
      'features are kept in memory alone: they need 51.2 kB, featureCache.maxBytes is 1.0 kB.',
    ]);
    expect(await readdir(join(path, 'thaw-features'))).toEqual(before);
  });

  test('that can’t be written are kept in memory, and the run says so', async () => {
    const folder = join(path, 'file');
    await writeFile(folder, '');
    const { asked, notes, phases } = await run(tiny(), { folder });
    expect([asked, phases]).toEqual([64, ['thaw: one_relu']]);
    expect(notes[0]).toMatch(
      /^features are kept in memory alone: featureCache: expected to read and write in/,
    );
  });
});

describe('it is impossible to train on stale features', () => {
  test('a frozen weight that is written to in the middle of a phase ends it, and is named', async () => {
    const model = tiny();
    const before = bytes(model);
    const meddling: Callback = {
      onEpochEnd: ({ epoch }) => {
        if (epoch !== 1) return;
        const kernel = model.model.getLayer('one_conv').weights[0];
        kernel.write(tf.mul(kernel.read(), 2));
      },
    };
    const run = fineTune(model, { ...options, callbacks: [meddling] });
    await expect(run).rejects.toThrow(StaleFeaturesError);
    await expect(run).rejects.toThrow(
      /layers up to "one_relu" to stay as they are .*"one_conv\/kernel.*" was written to/,
    );
    expect(bytes(model)).not.toEqual(before);
  });

  test('a layer that is thawed in the middle of a phase ends it, too', async () => {
    const model = tiny();
    const meddling: Callback = {
      onEpochEnd: () => unfreeze(model, /one_bn/, { batchNorm: 'training' }),
    };
    await expect(fineTune(model, { ...options, callbacks: [meddling] })).rejects.toThrow(StaleFeaturesError);
  });

  test('images that change while features are computed are noticed', async () => {
    let version = 0;
    const train: LabelledImages = {
      ...options.train,
      fingerprint: () => `version ${version}`,
      async *batches(asked) {
        yield* options.train.batches(asked);
        version += 1;
      },
    };
    const run = fineTune(tiny(), {
      ...options,
      train,
      validation: { ...options.validation, fingerprint: '' },
      featureCache: { folder: path },
    });
    await expect(run).rejects.toThrow(StaleFeaturesError);
    expect(await readdir(join(path, 'thaw-features'))).toEqual([]);
  });

  test.each([
    ['fewer images than it says', (rows: Int32Array) => rows.subarray(0, 3), /expected 40 images/],
    [
      'rows in another order',
      (rows: Int32Array) => rows.toReversed(),
      /expected rows in the data set's order/,
    ],
  ])('a data set that gives %s is refused', async (_, change, message) => {
    const train: LabelledImages = {
      ...options.train,
      async *batches(asked) {
        for await (const { rows, y, pixels } of options.train.batches(asked)) {
          const changed = change(rows);
          const images = changed.length;
          yield {
            rows: changed,
            y: y.subarray(0, 2 * images),
            pixels: pixels.subarray(0, 192 * images),
            shape: [images, 8, 8, 3] as const,
          };
          if (images < rows.length) return;
        }
      },
    };
    const run = fineTune(tiny(), { ...options, train });
    await expect(run).rejects.toThrow(DataMismatchError);
    await expect(run).rejects.toThrow(message);
  });
});

describe('labels that a data set mixes with its images', () => {
  test('go with the features, though they aren’t the data set’s own, and stay out of the folder', async () => {
    const images = options.train;
    const mixed: LabelledImages = {
      ...images,
      fingerprint: 'a',
      augmentation: { mixed: true },
      async *batches(asked) {
        for await (const batch of images.batches(asked))
          yield { ...batch, y: batch.y.map((label) => 1 - label) };
      },
    };
    const seen: number[] = [];
    const loss = (y: tf.Tensor2D, p: tf.Tensor2D) => {
      seen.push(...y.dataSync());
      return tf.mean(tf.squaredDifference(y, p), 1) as tf.Tensor1D;
    };
    const head = { epochs: 1, learningRate: 0.1 };
    const featureCache = { folder: path };
    await fineTune(tiny(), { train: mixed, head, thaw: false, loss, featureCache });
    const ones = (values: ArrayLike<number>) => Array.from(values).filter((value) => value === 1).length;
    // Once for the loss, once for its gradient.
    expect(ones(seen)).toBe(2 * (images.y.length - ones(images.y)));
    expect(await readdir(join(path, 'thaw-features'))).toEqual([]);
  });
});
