import type { Classifier } from '../classifier/classifier';
import { DataMismatchError, OptionError } from '../errors';
import { type FeatureBudget, featureBudget } from '../features/feature-budget';
import type { LabelledImages } from '../labelled-images';
import { binaryCrossentropy } from '../losses/binary-crossentropy';
import { adam } from '../optimizers/adam';
import { checkOption, checkOptions, numberRule } from '../options/check-options';
import { checkLabelledImages } from '../prediction/check-labelled-images';
import { type ResolvedPrecision, resolvePrecision } from '../run/precision';
import { checkLabelValues } from './check-label-values';
import { HEAD_STARTS } from './head/start-head';
import { layerDecayGroups } from './layer-depths';
import { learningRateFactors } from './learning-rate-factors';
import { defaultMetrics } from './metric';
import type { PhaseOptions } from './phase-options';
import { PHASE_RULES } from './phase-rules';
import { type AverageShare, averageShare } from './weight-average';

/** The options of a phase, checked and with all defaults filled in. */
export interface ResolvedPhase
  extends Omit<PhaseOptions, 'precision' | 'featureCache' | 'learningRate' | 'resume'> {
  readonly batchSize: number;
  readonly seed: number;
  readonly loss: NonNullable<PhaseOptions['loss']>;
  readonly metrics: NonNullable<PhaseOptions['metrics']>;
  readonly callbacks: NonNullable<PhaseOptions['callbacks']>;
  readonly optimizer: NonNullable<PhaseOptions['optimizer']>;
  readonly history: NonNullable<PhaseOptions['history']>;
  readonly headStart: NonNullable<PhaseOptions['headStart']>;
  readonly precision: ResolvedPrecision;
  /** Set if weights are averaged: the share of the new weights after each update. */
  readonly averageShare?: AverageShare;
  /** How many bytes of features may be kept; undefined if none. */
  readonly featureBudget?: FeatureBudget;
  /** The learning rate at a progress from 0 to 1. Throws an OptionError if it is out of range: a schedule may give 0. */
  readonly rateAt: (progress: number) => number;
}

/**
 * Checks the options of a phase and fills in the defaults. Nothing is computed.
 *
 * @throws OptionError, DataMismatchError, SelectionError, PrecisionError
 */
export function resolvePhase(classifier: Classifier, options: PhaseOptions): ResolvedPhase {
  const {
    name,
    batchSize = 32,
    headStart,
    train,
    validation,
    sampleWeights,
    weightAverage = false,
    layerDecay,
  } = options;
  checkOptions(`phase "${name}"`, options, PHASE_RULES);
  for (const needed of ['name', 'train', 'epochs'] as const) {
    checkOption('phase', needed, options[needed], PHASE_RULES[needed]);
  }
  const share = averageShare(`phase "${name}"`, weightAverage);
  if (headStart !== undefined && !HEAD_STARTS.includes(headStart)) {
    throw new OptionError(
      `phase "${name}": expected headStart '${HEAD_STARTS.join("' or '")}'; received ${JSON.stringify(headStart)}.`,
    );
  }
  checkOptions(
    `phase "${name}"`,
    { layerDecay },
    { layerDecay: numberRule('above 0 and at most 1', (value) => value > 0 && value <= 1) },
  );
  const factors = [
    ...(layerDecay === undefined ? [] : layerDecayGroups(classifier, layerDecay)),
    ...(options.learningRateFactors ?? []),
  ];
  learningRateFactors(classifier, factors);
  checkLabelledImages(classifier.labels, train, 'train');
  checkLabelValues(train, 'train');
  if (validation) {
    checkLabelledImages(classifier.labels, validation, 'validation');
    checkLabelValues(validation, 'validation');
  }
  if (sampleWeights) checkWeights(name, sampleWeights, train);
  const { precision, featureCache, learningRate, ...others } = options;
  const { loss = binaryCrossentropy() } = options;
  const budget = featureBudget(featureCache);
  const rateAt = (progress: number) => rateOf(options, progress);
  for (const progress of [0, 0.5, 1]) rateAt(progress);
  return {
    ...others,
    learningRateFactors: factors,
    averageShare: share,
    batchSize,
    seed: options.seed ?? 0,
    loss: loss.forData?.(train) ?? loss,
    metrics: options.metrics ?? defaultMetrics,
    callbacks: options.callbacks ?? [],
    optimizer: options.optimizer ?? adam,
    history: options.history ?? [],
    headStart: headStart ?? 'weights',
    precision: resolvePrecision(`phase "${name}"`, precision),
    featureBudget: featureCache === false ? undefined : budget,
    rateAt,
  };
}

function rateOf({ learningRate, name }: PhaseOptions, progress: number): number {
  const value = typeof learningRate === 'function' ? learningRate(progress) : learningRate;
  // A schedule may end at 0, or begin there to warm up.
  const least = typeof learningRate === 'function' ? 0 : Number.MIN_VALUE;
  if (!(value >= least && Number.isFinite(value))) {
    throw new OptionError(
      `phase "${name}": expected a learning rate ${least === 0 ? 'of 0 or more' : 'above 0'}; received ${value}` +
        `${typeof learningRate === 'function' ? ` at progress ${progress}` : ''}.`,
    );
  }
  return value;
}

function checkWeights(phase: string, weights: ArrayLike<number>, { length, labels }: LabelledImages): void {
  if (weights.length !== length && weights.length !== length * labels.length) {
    throw new DataMismatchError(
      `phase "${phase}": expected a sample weight for each of ${length} images, or for each image and label ` +
        `(${length}×${labels.length}); received ${weights.length}.`,
    );
  }
  const bad = Array.from(weights).findIndex((weight) => !(weight >= 0 && Number.isFinite(weight)));
  if (bad >= 0) {
    throw new DataMismatchError(
      `phase "${phase}": expected sample weights of 0 or more; number ${bad} is ${weights[bad]}.`,
    );
  }
}
