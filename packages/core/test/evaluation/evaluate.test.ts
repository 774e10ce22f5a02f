import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {
  averagePrecisionScore,
  expectedCalibrationError,
  f1Score,
  logLoss,
  rocAucScore,
} from '@thawjs/metrics';
import { beforeAll, describe, expect, test } from 'vitest';
import { classifier, DataMismatchError, evaluate, type LabelledImages, OptionError, table } from '../../src';
import { LABELS, tensorCount, tinyBackbone, tinyImages } from '../tiny';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const made = () => classifier(tinyBackbone(), { labels: LABELS });
const data = tinyImages(24);
const shape = [24, 2] as const;

describe('evaluate', () => {
  test("computes every number from the model's predictions by the metrics of that name", async () => {
    const model = made();
    model.thresholds = [0.4, 0.6];
    const scores = await model.predict(data);
    const yTrue = { data: data.y, shape };
    const evaluation = await evaluate(model, data);

    expect(evaluation.macro.auc).toBe(rocAucScore(yTrue, scores));
    expect(evaluation.macro.averagePrecision).toBe(averagePrecisionScore(yTrue, scores));
    expect(evaluation.perClass.map(({ f1 }) => f1)).toEqual([
      ...f1Score(yTrue, scores, { average: 'none', threshold: [0.4, 0.6] }),
    ]);
    expect(evaluation.atHalf.micro.f1).toBe(f1Score(yTrue, scores, { average: 'micro' }));
    expect(evaluation.calibrationError).toBe(expectedCalibrationError(yTrue, scores));
    expect(evaluation.logLoss).toBeCloseTo(logLoss(yTrue, scores), 12);
    expect(evaluation.thresholds).toEqual([0.4, 0.6]);
    expect(evaluation.ids).toEqual(data.ids);
    expect([...evaluation.yScore.data]).toEqual([...scores.data]);
    model.dispose();
  });

  test('leaves unknown labels out of every number', async () => {
    const model = made();
    const known = Uint8Array.from(data.y, (_, at) => Number(at % 3 !== 0));
    const evaluation = await model.evaluate({ ...data, known });
    const scores = await model.predict(data);
    const mask = { data: known, shape };
    expect(evaluation.macro.auc).toBe(rocAucScore({ data: data.y, shape }, scores, { mask }));
    expect(evaluation.perClass.map((one) => one.known)).toEqual(
      [0, 1].map((column) => known.filter((_, at) => at % 2 === column).reduce((sum, one) => sum + one, 0)),
    );
    // The values of unknown labels change nothing.
    const other = {
      ...data,
      known,
      y: Uint8Array.from(data.y, (value, at) => (known[at] ? value : 1 - value)),
    };
    expect(JSON.stringify(await model.evaluate(other))).toBe(JSON.stringify(evaluation));
    model.dispose();
  });

  test('decides at other thresholds if asked to, and gives intervals', async () => {
    const model = made();
    const evaluation = await evaluate(model, data, {
      threshold: 0,
      intervals: { resamples: 50, seed: 1 },
      bins: 5,
    });
    expect(evaluation.macro.recall).toBe(1);
    const { low, high } = evaluation.intervals!.macro.auc;
    expect(low < high && low >= 0 && high <= 1).toBe(true);
    expect(evaluation.perClass[0].intervals!.recall.high).toBe(1);
    model.dispose();
  });

  test('prints as a table, and writes CSV and markdown', async () => {
    const model = made();
    const evaluation = await evaluate(model, data);
    expect(String(evaluation)).toBe(table(evaluation));
    expect(String(evaluation)).toMatch(/^24 rows, 2 classes\n\n\s+macro {2}base rates/);
    expect(table(evaluation, { format: 'csv', sortBy: 'label', descending: true }).split('\n')[1]).toMatch(
      /^Red,/,
    );
    model.dispose();
  });

  test('leaves no tensor behind', async () => {
    const model = made();
    await evaluate(model, data);
    const before = tensorCount();
    await evaluate(model, data);
    expect(tensorCount()).toBe(before);
    model.dispose();
  });

  const half: LabelledImages = { ...data, y: data.y.slice(1) };
  test.each<[string, LabelledImages, object, new (message: string) => Error, RegExp]>([
    [
      'labels in another order',
      tinyImages(2, 1, ['Red', 'Bright']),
      {},
      DataMismatchError,
      /label 0 is "Red" instead of "Bright"/,
    ],
    [
      'no images',
      { ...data, length: 0, ids: [], y: new Uint8Array() },
      {},
      DataMismatchError,
      /one or more images/,
    ],
    ['too few labels', half, {}, DataMismatchError, /47 label values/],
    ['a misspelt option', data, { treshold: 0.5 }, OptionError, /received "treshold"/],
    ['a threshold too few', data, { threshold: [0.5] }, OptionError, /one for each of the 2 labels/],
    ['a threshold of NaN', data, { threshold: Number.NaN }, OptionError, /from 0 to 1/],
    ['half a bin', data, { bins: 0.5 }, OptionError, /bins of 1 or more, a whole number; received 0.5/],
    ['intervals in words', data, { intervals: 'yes' }, OptionError, /true, false or/],
    [
      'a misspelt interval option',
      data,
      { intervals: { resample: 10 } },
      OptionError,
      /intervals: .*"resample"/,
    ],
    [
      'one resample',
      data,
      { intervals: { resamples: 1 } },
      OptionError,
      /resamples of 2 or more, a whole number; received 1/,
    ],
    ['half a batch', data, { batchSize: 0.5 }, OptionError, /batchSize/],
  ])('refuses %s before it predicts', async (_, images, options, ErrorClass, message) => {
    const model = made();
    const failing = {
      ...images,
      batches() {
        throw new Error('predicted');
      },
    } as unknown as LabelledImages;
    const error = await evaluate(model, failing, options).catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(ErrorClass);
    expect((error as Error).message).toMatch(message);
    model.dispose();
  });
});
