import type {
  FineTuneOptions,
  HeadOptions,
  Loss,
  LossDescription,
  OptimizerDescription,
  Schedule,
  ScheduleDescription,
  ThawOptions,
} from '@thawjs/core';
import type { Example } from './example';
import type { TrainingListeners } from './training';
import type { WorkerImages } from './worker-images';

/** A learning rate as a number, or a schedule: `cosine(1e-3)` of core, or its JSON `{ schedule: 'cosine', learningRate: 1e-3 }`. */
export type SentRate = number | Schedule | ScheduleDescription;

/** Options of a phase that take another form in a message to a worker. */
interface SentOptions {
  readonly learningRate?: SentRate;
  /** The optimizer's name and options: `{ optimizer: 'adamW', weightDecay: 0.01 }`. Default: `{ optimizer: 'adam' }`. */
  readonly optimizer?: OptimizerDescription;
}

/** Options of the head phase, as data. */
export interface WorkerHeadOptions extends Omit<HeadOptions, keyof SentOptions>, SentOptions {}

/** Options of the thaw phase, as data. */
export interface WorkerThawOptions extends Omit<ThawOptions, keyof SentOptions | 'gradually'>, SentOptions {
  /** See `ThawOptions` of core. */
  readonly gradually?:
    | true
    | (Omit<Exclude<ThawOptions['gradually'], true | undefined>, 'learningRate'> & {
        readonly learningRate?: SentRate;
      });
}

/** Labelled images: a plain list, or the result of `TrainingWorker.images`. */
export type LabelledExamples = WorkerImages | readonly Example[];

/**
 * Options of a training in a worker: the options of core's `fineTune` that are data. Functions (callbacks, your own
 * metrics and losses) are given to `serveTraining`, in the worker's file.
 */
export interface WorkerFineTuneOptions
  extends Omit<
      FineTuneOptions,
      | 'train'
      | 'validation'
      | 'callbacks'
      | 'metrics'
      | 'loss'
      | 'signal'
      | 'head'
      | 'thaw'
      | 'out'
      | 'resume'
    >,
    TrainingListeners {
  readonly train: LabelledExamples;
  /** Images to validate on after each epoch. With them, the weights of the best epoch are kept. */
  readonly validation?: LabelledExamples;
  readonly head?: WorkerHeadOptions | false;
  readonly thaw?: WorkerThawOptions | false;
  /** The loss: `focalLoss({ gamma: 2 })` of core, or its JSON `{ loss: 'focalLoss', gamma: 2 }`. */
  readonly loss?: Loss | LossDescription;
  /** `indexeddb://NAME`: the run is stored under this name after each epoch, and its model at the end. */
  readonly out?: string;
  /**
   * With `true`, the run in `out` continues from where it was interrupted, for example by a reload of the page. It ends
   * with the same weights as an uninterrupted run. Without a stored run, training starts from the beginning. Pass the
   * same classifier, examples and options as before.
   */
  readonly resume?: string | true;
  /** Stops the training, as `Training.stop` does. */
  readonly signal?: AbortSignal;
}
