import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { classifier, type FineTuneOptions, fineTune, type LabelledImages, sgd } from '../../src';
import { LABELS, tinyBackbone, tinyImages } from '../tiny';

const train = tinyImages(24, 1);
const validation = tinyImages(16, 2);
const tiny = () => classifier(tinyBackbone(), { labels: LABELS, dropout: 0.2 });

let warn: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  warn.mockRestore();
  tf.disposeVariables();
});

/** The notes of a run, without those on what was chosen. */
async function notesOf(options: FineTuneOptions): Promise<readonly string[]> {
  const notes: string[] = [];
  const onNote = (text: string) => void (text.startsWith('chosen: ') || notes.push(text));
  await fineTune(tiny(), { ...options, callbacks: [{ onNote }] });
  return notes;
}

const ruined = { epochs: 2, learningRate: 10, weightAverage: false } as const;

describe('a run that ends worse than the base rates says so', () => {
  test('on the console, if no callback takes notes, although an earlier epoch was better', async () => {
    const { history, baseRateLoss } = await fineTune(tiny(), { train, head: { epochs: 1 }, thaw: ruined });
    expect(history[0].loss).toBeLessThan(baseRateLoss);
    expect(history.at(-1)?.loss).toBeGreaterThan(baseRateLoss);
    const said = warn.mock.calls
      .map((call: unknown[]) => String(call[0]))
      .filter((text: string) => text.startsWith('fineTune'));
    expect(said).toEqual([
      expect.stringMatching(
        /^fineTune: the run ends worse than predicting the base rates: its loss is .* An earlier epoch was better\. Give validation, .* or lower the learning rate/,
      ),
    ]);
  });

  test('to callbacks, if the weights of the last epoch are asked for', async () => {
    const options = { train, validation, head: { epochs: 1 }, thaw: ruined, tune: false } as const;
    const worse = /^the run ends worse than predicting the base rates: its val_loss is/;
    expect(await notesOf({ ...options, earlyStopping: false })).toContainEqual(expect.stringMatching(worse));
    expect(await notesOf(options)).not.toContainEqual(expect.stringMatching(worse));
    expect(warn).not.toHaveBeenCalledWith(expect.stringMatching(/^fineTune/));
  });

  test('without the penalties of regularizers, which are no mistakes', async () => {
    const { model, ...rest } = tinyBackbone();
    const kernelRegularizer = tfl.regularizers.l2({ l2: 10 });
    const penalised = tfl.layers.conv2d({ filters: 4, kernelSize: 1, kernelRegularizer, name: 'penalised' });
    const outputs = penalised.apply(model.outputs) as tfl.SymbolicTensor;
    const network = { ...rest, model: tfl.model({ inputs: model.inputs, outputs }) };
    const made = classifier(network, { labels: LABELS });
    const thaw = { epochs: 1, learningRate: 1e-9 };
    const { history, baseRateLoss } = await fineTune(made, { train, head: { epochs: 1 }, thaw });
    expect(history.at(-1)?.loss).toBeGreaterThan(2 * baseRateLoss);
    expect(warn).not.toHaveBeenCalledWith(expect.stringMatching(/^fineTune/));
  });

  test('on images that are all the same', async () => {
    const black = (images: LabelledImages): LabelledImages => ({
      ...images,
      async *batches(options) {
        for await (const batch of images.batches(options)) yield { ...batch, pixels: batch.pixels.fill(0) };
      },
    });
    const notes = await notesOf({
      train: black(train),
      validation: black(validation),
      head: { epochs: 1 },
      thaw: false,
    });
    expect(notes).toContainEqual(
      expect.stringMatching(/^no epoch was better than predicting the base rates/),
    );
  });
});

test('labels that nothing can be fitted for are told by onNote', async () => {
  const never = (images: LabelledImages): LabelledImages => ({
    ...images,
    y: images.y.map((value, cell) => (cell % 2 ? 0 : value)),
    async *batches(options) {
      for await (const batch of images.batches(options)) {
        yield { ...batch, y: batch.y.map((value, i) => (i % 2 ? 0 : value)) as Uint8Array };
      }
    },
  });
  const notes = await notesOf({
    train: never(train),
    validation: never(validation),
    head: { epochs: 1 },
    thaw: false,
  });
  expect(notes).toContainEqual('tune: no positive validation image, so the threshold is 0.5: Red.');
});

test('the base rates’ loss counts the sample weights, as the training loss does', async () => {
  const options = { train, head: { epochs: 1 }, thaw: false } as const;
  const { baseRateLoss } = await fineTune(tiny(), options);
  const tripled = await fineTune(tiny(), { ...options, sampleWeights: new Float32Array(24).fill(3) });
  expect(tripled.baseRateLoss).toBeCloseTo(3 * baseRateLoss, 5);
  const validated = await fineTune(tiny(), {
    ...options,
    validation: train,
    sampleWeights: new Float32Array(24).fill(3),
  });
  expect(validated.baseRateLoss).toBeCloseTo(baseRateLoss, 6);
});

test('a second run forgets the calibration and the thresholds of the first', async () => {
  const model = tiny();
  const options = { train, validation, head: { epochs: 1 }, thaw: false } as const;
  await fineTune(model, options);
  expect(model.calibration).toBeDefined();
  await fineTune(model, { ...options, validation: undefined });
  expect([model.calibration, model.thresholds]).toEqual([undefined, [0.5, 0.5]]);
  model.thresholds = [0.3, 0.7];
  await fineTune(model, { ...options, tune: false });
  expect(model.thresholds).toEqual([0.3, 0.7]);
});

describe('what is chosen for the head goes with the options that are given', () => {
  const cases: [string, Partial<FineTuneOptions>, { headStart: string; epochs: number; rate: number }][] = [
    ['nothing', {}, { headStart: 'logistic-regression', epochs: 5, rate: 3e-4 }],
    [
      'a start by steps',
      { head: { headStart: 'base-rates' } },
      { headStart: 'base-rates', epochs: 60, rate: 3e-3 },
    ],
    ['no features kept', { featureCache: false }, { headStart: 'base-rates', epochs: 8, rate: 3e-3 }],
    [
      'too little room for features',
      { featureCache: { maxBytes: 100 } },
      { headStart: 'base-rates', epochs: 8, rate: 3e-3 },
    ],
    ['SGD', { head: { optimizer: sgd } }, { headStart: 'logistic-regression', epochs: 5, rate: 1e-2 }],
    ['four times the batch', { batchSize: 32 }, { headStart: 'logistic-regression', epochs: 5, rate: 6e-4 }],
  ];
  test.each(cases)('%s', async (_, change, { headStart, epochs, rate }) => {
    const stop = new AbortController();
    stop.abort();
    const { recipe } = await fineTune(tiny(), { train, thaw: false, ...change, signal: stop.signal });
    expect(recipe.phases[0]).toMatchObject({ headStart, epochs, learningRate: { learningRate: rate } });
  });

  test('a head that has learned is not thrown away if its inputs aren’t kept', async () => {
    const model = tiny();
    await fineTune(model, { train, head: { epochs: 1 }, thaw: false });
    const stop = new AbortController();
    stop.abort();
    const again = await fineTune(model, { train, featureCache: false, thaw: false, signal: stop.signal });
    expect(again.recipe.phases[0].headStart).toBe('weights');
  });
});
