import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import { checkClassifier } from '../../classifier/check-classifier';
import type { Classifier } from '../../classifier/classifier';
import { DivergedError, OptionError } from '../../errors';
import { freeze } from '../../freezing/freeze';
import { applyFreezeState, readFreezeState } from '../../freezing/freeze-state';
import type { Selection } from '../../freezing/selection';
import { unfreeze } from '../../freezing/unfreeze';
import {
  ABOVE_0,
  ANY,
  checkOption,
  checkOptions,
  FLAG,
  numberRule,
  type OptionRule,
} from '../../options/check-options';
import { checkLabelledImages } from '../../prediction/check-labelled-images';
import type { Callback } from '../callback';
import { freezeAllButHead } from '../freeze-all-but-head';
import { phase } from '../phase';
import type { PhaseOptions } from '../phase-options';
import { rulesOf } from '../phase-rules';
import { restoreSnapshot, takeSnapshot } from '../weight-snapshot';
import { type RateSuggestions, suggestRates } from './suggest-rates';

/** Options of `lrFind`. The defaults of `start`, `end` and `steps` are those of fastai. */
export interface LrFindOptions
  extends Pick<
    PhaseOptions,
    | 'train'
    | 'batchSize'
    | 'seed'
    | 'loss'
    | 'sampleWeights'
    | 'optimizer'
    | 'learningRateFactors'
    | 'layerDecay'
    | 'views'
    | 'featureCache'
    | 'way'
    | 'recompute'
    | 'precision'
    | 'signal'
  > {
  /** The layers that learn: `'head'`, as in `fineTune`'s head phase, or a selection; by default as the model is now. */
  readonly learning?: 'head' | Selection;
  /** The first rate, above 0; default 1e-7. */
  readonly start?: number;
  /** The last rate, above `start`; default 10. */
  readonly end?: number;
  /** The number of steps, 10 or more; default 100. */
  readonly steps?: number;
  /** Whether to stop if the smoothed loss is above 4 times its least value; default true. */
  readonly stopAtDivergence?: boolean;
}

/** The curve of losses over rates, one number per step, and the suggestions. Plain JSON. */
export interface LrFindResult {
  /** Ascending. */
  readonly rates: readonly number[];
  /** The loss of each step, before its update. */
  readonly losses: readonly number[];
  /** The losses' exponential moving average, with β = 0.98 and without bias towards 0. */
  readonly smoothed: readonly number[];
  readonly suggestions: RateSuggestions;
  /** Whether the loss exceeded 4 times its least value, or wasn't finite. */
  readonly diverged: boolean;
}

const RULES: Readonly<Record<keyof LrFindOptions, OptionRule>> = {
  ...rulesOf(
    'train',
    'batchSize',
    'seed',
    'loss',
    'sampleWeights',
    'optimizer',
    'learningRateFactors',
    'layerDecay',
    'views',
    'featureCache',
    'way',
    'recompute',
    'precision',
    'signal',
  ),
  learning: ANY,
  start: ABOVE_0,
  end: ABOVE_0,
  steps: numberRule('of 10 or more, a whole number', (value) => value >= 10 && Number.isInteger(value)),
  stopAtDivergence: FLAG,
};

const SMOOTHING = 0.98;

/**
 * Trains for some steps at exponentially rising learning rates, and suggests a rate from the losses. The model is
 * afterwards what it was: weights, freeze state and modes.
 *
 * Smith, 2017 (arXiv:1506.01186), as fastai's `lr_find` with `valley` and `steep`. `valley` suits the highest rate of
 * `oneCycle` or `cosine`. A loss that isn't finite ends the search, without an error.
 *
 * @returns the curve, and suggestions. A suggestion is missing if the loss didn't fall.
 * @throws OptionError if an option is misspelt or outside its range, or what `phase` throws, except DivergedError; the
 * signal's reason if it is aborted.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-layers';
 * import { classifier, lrFind } from '@thawjs/core';
 *
 * // Four images of 4×4 pixels, white if the label is 1, else black.
 * const y = Uint8Array.of(1, 0, 1, 0);
 * const pixels = Uint8Array.from({ length: 4 * 48 }, (_, i) => 255 * y[Math.floor(i / 48)]);
 * const train = {
 *   length: 4,
 *   ids: ['a', 'b', 'c', 'd'],
 *   labels: ['Bright'],
 *   y,
 *   async *batches() {
 *     yield { rows: Int32Array.of(0, 1, 2, 3), pixels, shape: [4, 4, 4, 3] as const, y };
 *   },
 * };
 * const layers = [tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [4, 4, 3] })];
 * const preprocessing = { channelOrder: 'rgb', mean: [127.5, 127.5, 127.5], scale: 1 / 127.5 } as const;
 * const model = classifier(tf.sequential({ layers }), { labels: train.labels, preprocessing });
 *
 * const { rates, suggestions, diverged } = await lrFind(model, { train, learning: 'head', steps: 20, end: 0.1 });
 * console.log(rates.length, diverged); // 20 false
 * console.log(Object.keys(suggestions)); // [ 'valley', 'steep' ]
 * ```
 */
export async function lrFind(classifier: Classifier, options: LrFindOptions): Promise<LrFindResult> {
  checkClassifier('lrFind', classifier);
  checkOptions('lrFind', options, RULES);
  checkOption('lrFind', 'train', options.train, RULES.train);
  checkLabelledImages(classifier.labels, options.train, 'train');
  const { learning, start = 1e-7, end = 10, steps = 100, stopAtDivergence = true, ...shared } = options;
  if (!(end > start)) {
    throw new OptionError(`lrFind: expected end above start, ${start}; received ${end}.`);
  }
  const { signal, train, batchSize = 32 } = shared;
  signal?.throwIfAborted();
  const batches = Math.ceil(train.length / batchSize);
  const epochs = Math.ceil(steps / batches);
  const last = Math.max(epochs * batches - 1, 1);
  const rateAt = (step: number) => start * (end / start) ** Math.min(step / (steps - 1), 1);
  const curve = new LossCurve();
  const done = new AbortController();
  const abort = () => done.abort(signal?.reason);
  signal?.addEventListener('abort', abort);
  const watch: Callback = {
    onBatchEnd({ activity, batchLoss }) {
      if (activity !== 'train') return;
      curve.add(batchLoss);
      if (curve.losses.length === steps || (stopAtDivergence && curve.diverged)) done.abort();
    },
  };
  const frozen = readFreezeState(classifier.model);
  let weights = new Map<string, Tensor>();
  let failed = false;
  try {
    if (learning === 'head') freezeAllButHead(classifier);
    else if (learning !== undefined) {
      freeze(classifier);
      unfreeze(classifier, learning);
    }
    weights = takeSnapshot(classifier.model);
    await phase(classifier, {
      ...shared,
      name: 'lrFind',
      epochs,
      learningRate: (progress) => rateAt(progress * last),
      metrics: {},
      callbacks: [watch],
      signal: done.signal,
    });
  } catch (error) {
    if (!(error instanceof DivergedError)) throw error;
    failed = true;
  } finally {
    signal?.removeEventListener('abort', abort);
    restoreSnapshot(classifier.model, weights);
    dispose([...weights.values()]);
    applyFreezeState(classifier.model, frozen);
  }
  signal?.throwIfAborted();
  const { losses, smoothed, diverged } = curve;
  const rates = losses.map((_, step) => rateAt(step));
  return {
    rates,
    losses,
    smoothed,
    suggestions: suggestRates(rates, smoothed, steps),
    diverged: diverged || failed,
  };
}

/** The losses of the steps so far. */
class LossCurve {
  readonly losses: number[] = [];
  readonly smoothed: number[] = [];
  diverged = false;
  #average = 0;
  #least = Number.POSITIVE_INFINITY;

  add(loss: number): void {
    this.losses.push(loss);
    this.#average = SMOOTHING * this.#average + (1 - SMOOTHING) * loss;
    const smoothed = this.#average / (1 - SMOOTHING ** this.losses.length);
    this.smoothed.push(smoothed);
    this.#least = Math.min(this.#least, smoothed);
    this.diverged ||= smoothed > 4 * this.#least;
  }
}
