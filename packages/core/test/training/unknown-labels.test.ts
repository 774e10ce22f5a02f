import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import { classifier, type FineTuneOptions, fineTune, type LabelledImages } from '../../src';
import { bytes, LABELS, tinyBackbone, tinyImages } from '../tiny';

afterEach(() => tf.disposeVariables());

/** Images of which some labels aren't known. Batches have the given number for these. */
function partlyKnown(
  length: number,
  isKnown: (row: number, label: number) => boolean,
  unknown: number,
): LabelledImages {
  const images = tinyImages(length);
  const known = Uint8Array.from(images.y, (_, at) => Number(isKnown(Math.floor(at / 2), at % 2)));
  const rowsOf = (rows: Int32Array, valueAt: (at: number) => number) =>
    [...rows].flatMap((row) => [valueAt(2 * row), valueAt(2 * row + 1)]);
  return {
    ...images,
    y: images.y.map((value, at) => value * known[at]),
    known,
    async *batches(options) {
      for await (const batch of images.batches(options)) {
        yield {
          ...batch,
          y: Float32Array.from(rowsOf(batch.rows, (at) => (known[at] ? images.y[at] : unknown))),
          known: Uint8Array.from(rowsOf(batch.rows, (at) => known[at])),
        };
      }
    },
  };
}

const chosen: Partial<FineTuneOptions> = { batchSize: 8, head: { epochs: 2 }, thaw: false };
const KNOWN: [string, (row: number, label: number) => boolean][] = [
  ['some images', (row, label) => (row + label) % 3 !== 1],
  ['no image for one label', (row, label) => label === 0 && row % 4 !== 1],
];

test.each(KNOWN)(
  'a run on labels that are known for %s is the same whether batches have 0 or NaN for the others',
  async (_, isKnown) => {
    const run = async (unknown: number) => {
      const model = classifier(tinyBackbone(), { labels: LABELS });
      const train = partlyKnown(24, isKnown, unknown);
      const { history, recipe, tuning } = await fineTune(model, { train, validation: train, ...chosen });
      expect(history).toHaveLength(2);
      for (const row of history) expect([row.loss, row.val_loss].every(Number.isFinite)).toBe(true);
      return { weights: bytes(model), losses: history.map(({ loss }) => loss), data: recipe.data, tuning };
    };
    expect(await run(Number.NaN)).toEqual(await run(0));
  },
);
