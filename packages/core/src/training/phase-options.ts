import type { FeatureCacheOptions } from '../features/feature-cache-options';
import type { LabelledImages } from '../labelled-images';
import type { Loss } from '../losses/loss';
import type { Optimizer } from '../optimizers/optimizer';
import type { Schedule } from '../schedules/schedule';
import type { Callback } from './callback';
import type { HeadStart } from './head/start-head';
import type { HistoryRow } from './history';
import type { LearningRateGroups } from './learning-rate-factors';
import type { Metric } from './metric';
import type { StepOptions } from './steps/step-options';
import type { WeightAverage } from './weight-average';

/** Options that all phases of a run share. */
export interface TrainingOptions extends StepOptions {
  readonly train: LabelledImages;
  /** Images to validate on after each epoch. Without them, the `val_` numbers are NaN. */
  readonly validation?: LabelledImages;
  /** Images per step; default 32. */
  readonly batchSize?: number;
  /** Seeds the order of images, augmentation and dropout; default 0. */
  readonly seed?: number;
  /** The loss; default `binaryCrossentropy()`. */
  readonly loss?: Loss;
  /** Factors of 0 or more for the loss, one per training image, or one per image and label (row-major); default 1. */
  readonly sampleWeights?: ArrayLike<number>;
  /** The metrics that each history row records besides the loss; default `defaultMetrics`. */
  readonly metrics?: Readonly<Record<string, Metric>>;
  /** The place where features of frozen layers are kept; by default in memory. */
  readonly featureCache?: FeatureCacheOptions;
  readonly callbacks?: readonly Callback[];
  /** Ends the run after the current batch. The model keeps what it has learned, and the history is returned. */
  readonly signal?: AbortSignal;
  /**
   * The folder or `indexeddb://NAME` that `checkpoint` writes to. The run continues from the training state in it, or starts
   * from the beginning if there is none. Give the same model, data and options as before.
   */
  readonly resume?: string;
}

/** Options of one phase. */
export interface PhaseOptions extends TrainingOptions {
  readonly name: string;
  readonly epochs: number;
  /** A number above 0, or a schedule such as `cosine(3e-3, { warmup: 0.05 })`. */
  readonly learningRate: number | Schedule;
  /** Makes the phase's optimizer; default `adam`. */
  readonly optimizer?: (options: { learningRate: number }) => Optimizer;
  /**
   * Factors of the learning rate for groups of layers: `[['all', 0.1], [/predictions/, 1]]` trains the head at the full
   * rate and all other layers at a tenth. If a layer is in several groups, the last one counts. Other layers have factor 1.
   */
  readonly learningRateFactors?: LearningRateGroups;
  /**
   * Rates by depth, above 0 and at most 1: the head learns at the full rate, the backbone's last stage at `layerDecay` times
   * it, the stage before at `layerDecay²`, and so on. A backbone without stages counts its layers instead.
   * `learningRateFactors` go over it.
   */
  readonly layerDecay?: number;
  /**
   * The model holds an average of the learning weights: `0.999` or `{ kind: 'ema', momentum: 0.999 }` a moving one,
   * `'auto'` one over about a tenth of the phase's updates, `{ kind: 'swa', from: 0.75 }` the mean over the last quarter of
   * the phase. Validation, callbacks and the model after the phase use the averages. Default `false`: nothing is averaged.
   *
   * With `'swa'`, the statistics of BatchNormalization layers in mode `'training'` are computed anew at the end of the
   * phase, in one more pass over the training images. (Layers in the other modes have fixed statistics.)
   */
  readonly weightAverage?: WeightAverage;
  /**
   * Stochastic depth, from 0 to below 1: in training, residual blocks are skipped for some of the images, and their branches
   * divided by the share that keeps them (Huang et al., "Deep networks with stochastic depth", ECCV 2016). The last block
   * that learns is skipped at this rate, earlier ones less, in proportion to their depth. Frozen blocks, and blocks with a
   * Dropout of their own, aren't skipped. Rates of 0.1 to 0.2 are common. Default 0.
   */
  readonly stochasticDepth?: number;
  /**
   * With augmentation: the number of cached variants (views) per image. Epochs cycle through them. Default: 1 if only the
   * head learns; otherwise no features are kept, and every epoch draws new variants.
   */
  readonly views?: number;
  /**
   * How the classifier's head starts. `'weights'` (default): unchanged. `'base-rates'`: the bias becomes the log odds of
   * each label, and the kernel is divided by 100, so that the first predictions are close to the base rates.
   * `'logistic-regression'`: the phase's first epoch fits the head to the kept features exactly, with L2 strengths by
   * cross-validation, and later epochs learn from there; without kept features of the whole backbone, as `'base-rates'`.
   * Heads that aren't linear stay as they are.
   */
  readonly headStart?: HeadStart;
  /** History rows of earlier phases. Epoch numbers continue from them. */
  readonly history?: readonly HistoryRow[];
}
