import type { Optimizer } from '../../optimizers/optimizer';
import { describedOptimizer } from './described';

/** The batch size of a chosen recipe: small data needs small batches to make enough steps per epoch. */
export function batchSizeOf(images: number): number {
  if (images < 100) return 8;
  return images < 800 ? 16 : 32;
}

/** The most epochs of a chosen thaw phase. */
export const MOST_EPOCHS = 30;

/**
 * The epochs of a chosen thaw phase: 12 at 4,000 images, and more for less data by the square root, so that the number of
 * steps grows slower than the data. From 3 epochs, at 64,000 images and more, to 30, at 640 images and fewer.
 */
export function thawEpochsOf(images: number): number {
  return Math.min(MOST_EPOCHS, Math.max(3, Math.round(12 * Math.sqrt(4000 / images))));
}

/** The cached variants per augmented image of a chosen head phase. */
export function viewsOf(images: number): number {
  if (images <= 2000) return 4;
  return images <= 20_000 ? 2 : 1;
}

/** The batch size for which the rates below are. */
const BATCH_SIZE = 32;

/** The highest rate of a cosine over a fine-tuning of the whole network, by the optimizer's name. */
const FINE_TUNING_RATES: Readonly<Record<string, number>> = { adam: 3e-4, sgd: 1e-2, rmsprop: 1e-4 };

type MakeOptimizer = (options: { learningRate: number }) => Optimizer;

/** The highest learning rate of a chosen thaw phase. */
export function thawRateOf(make: MakeOptimizer, batchSize: number): number {
  return rateFor(make, FINE_TUNING_RATES.adam, batchSize / BATCH_SIZE);
}

/**
 * An optimizer's rate, from Adam's for the same task. Rates of Adam and RMSprop grow with the root of the batch size
 * (Malladi et al., 2022, arXiv:2205.10287), those of SGD with the batch size (Goyal et al., 2017, arXiv:1706.02677).
 *
 * @param ratio the batch size, over the one that Adam's rate is for
 */
export function rateFor(make: MakeOptimizer, adamRate: number, ratio: number): number {
  const description = describedOptimizer(make);
  const optimizer = 'optimizer' in description ? description.optimizer : 'adam';
  const factor = (FINE_TUNING_RATES[optimizer] ?? FINE_TUNING_RATES.adam) / FINE_TUNING_RATES.adam;
  return Number((adamRate * factor * (optimizer === 'sgd' ? ratio : Math.sqrt(ratio))).toPrecision(3));
}
