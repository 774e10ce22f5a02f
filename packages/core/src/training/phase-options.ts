import type { FeatureCacheOptions } from '../features/feature-cache-options';
import type { LabelledImages } from '../labelled-images';
import type { Callback } from './callback';
import type { HistoryRow } from './history';
import type { LearningRateGroups } from './learning-rate-factors';
import type { Loss } from './loss';
import type { Metric } from './metric';
import type { Optimizer } from './optimizers/optimizer';
import type { StepOptions } from './steps/step-options';

/** The learning rate as a function of the phase's progress: 0 at its first step, 1 at its last. Asked for at every step. */
export type Schedule = (progress: number) => number;

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
  /**
   * A folder that `checkpoint` writes to: the run goes on from the state in it, and starts from the beginning if there is
   * none. Give the same model, data and options as before.
   */
  readonly resume?: string;
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
   * Above 0 and below 1: the model's weights are an exponential moving average of the weights that learn,
   * `average = weightAverage · average + (1 − weightAverage) · weight` after each update. Validation, callbacks and the
   * phase's end see the averages. By default they see the weights that learn.
   */
  readonly weightAverage?: number;
  /**
   * With augmented images, how many views of each are kept, which epochs take in turn. Default: 1 where the head alone
   * learns; else none is kept, and every epoch has views of its own.
   */
  readonly views?: number;
  /** Rows of earlier phases, which this one's follow. */
  readonly history?: readonly HistoryRow[];
}
