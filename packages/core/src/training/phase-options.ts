import type { FeatureCacheOptions } from '../features/feature-cache-options';
import type { LabelledImages } from '../labelled-images';
import type { Callback } from './callback';
import type { HistoryRow } from './history';
import type { LearningRateGroups } from './learning-rate-factors';
import type { Loss } from './loss';
import type { Metric } from './metric';
import type { Optimizer } from './optimizers/optimizer';
import type { StepOptions } from './steps/step-options';

/** The learning rate of an epoch, both counted within the phase, from 0. */
export type Schedule = (epoch: number, epochs: number) => number;

/** What the phases of a run have in common. */
export interface TrainingOptions extends StepOptions {
  readonly train: LabelledImages;
  /** Without it the `val_` numbers are NaN. */
  readonly validation?: LabelledImages;
  /** Images a step; default 32. */
  readonly batchSize?: number;
  /** Seeds order, augmentation and dropout; default 0. */
  readonly seed?: number;
  /** Default `binaryCrossentropy()`. */
  readonly loss?: Loss;
  /** A factor of 0 or more per training image for its loss, or per image and label (row-major); by default 1 each. */
  readonly sampleWeights?: ArrayLike<number>;
  /** Recorded of each epoch beside the loss; default `defaultMetrics`. */
  readonly metrics?: Readonly<Record<string, Metric>>;
  /** Where the features of what is frozen are kept; by default in memory. */
  readonly featureCache?: FeatureCacheOptions;
  readonly callbacks?: readonly Callback[];
  /** Ends the run after the batch under way; what was learned and the history are kept. */
  readonly signal?: AbortSignal;
}

/** What one phase is told. */
export interface PhaseOptions extends TrainingOptions {
  readonly name: string;
  readonly epochs: number;
  readonly learningRate: number | Schedule;
  /** Makes the phase's own optimizer; default `adam`. */
  readonly optimizer?: (options: { learningRate: number }) => Optimizer;
  /**
   * Factors of the learning rate for groups of layers: `[['all', 0.1], [/predictions/, 1]]` trains the head at the full
   * rate, all else at a tenth. Where a layer is in more than one group, the last one counts; 1 for layers in none.
   */
  readonly learningRateFactors?: LearningRateGroups;
  /**
   * With augmented images, how many views of each are kept, which epochs take in turn. Default: 1 where the head alone
   * learns; else none is kept, and every epoch has views of its own.
   */
  readonly views?: number;
  /** Rows of earlier phases, which this one's follow. */
  readonly history?: readonly HistoryRow[];
}
