import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { binaryCrossentropy, type LabelledImages } from '../../../src';
import { baseRateLoss } from '../../../src/training/head/base-rates';
import { LABELS, tinyImages } from '../../tiny';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const IMAGES = 10;
const y = Uint8Array.from([1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1]);
const known = Uint8Array.from(y, (_, at) => Number(at % 7 !== 3 && at < 18));
const data: LabelledImages = { ...tinyImages(IMAGES), y, known };

/** The mean over images of the weighted mean over known labels, at the base rates with half an image of each kind. */
function byHand(weightAt: (row: number, label: number) => number): number {
  const cells = Array.from(y, (value, at) => ({ value, row: Math.floor(at / 2), label: at % 2, at })).filter(
    ({ at }) => known[at] === 1,
  );
  const rates = LABELS.map((_, label) => {
    const own = cells.filter((cell) => cell.label === label);
    return (own.filter(({ value }) => value === 1).length + 0.5) / (own.length + 1);
  });
  let sum = 0;
  for (let row = 0; row < IMAGES; row++) {
    const own = cells.filter((cell) => cell.row === row);
    const losses = own.map(
      ({ value, label }) => -weightAt(row, label) * Math.log(value ? rates[label] : 1 - rates[label]),
    );
    sum += losses.reduce((total, loss) => total + loss, 0) / Math.max(own.length, 1);
  }
  return sum / IMAGES;
}

const ofImages = Array.from({ length: IMAGES }, (_, row) => row / 2);
const ofLabels = Array.from({ length: 2 * IMAGES }, (_, at) => (at % 5) / 3);

test.each<[string, number[] | undefined, (row: number, label: number) => number]>([
  ['without weights', undefined, () => 1],
  ['with a weight per image', ofImages, (row) => ofImages[row]],
  ['with a weight per image and label', ofLabels, (row, label) => ofLabels[2 * row + label]],
])('the loss of the base rates is that of known labels, %s', async (_, weights, weightAt) => {
  const before = tf.memory().numTensors;
  const found = await baseRateLoss(data, data, binaryCrossentropy(), weights);
  expect(found).toBeCloseTo(byHand(weightAt), 6);
  expect(tf.memory().numTensors).toBe(before);
});
