import type { Classifier } from '../classifier/classifier';
import type { HistoryRow } from './history';
import type { CallbackState, TrainingState } from './state/training-state';

/** A description of a phase. */
export interface PhaseInfo {
  readonly name: string;
  readonly epochs: number;
  /** The number of the phase's first epoch within the run, from 0. */
  readonly firstEpoch: number;
  readonly trainImages: number;
  readonly validationImages: number;
  /** True if the frozen layers run once per image and their output is kept. */
  readonly cachesFeatures: boolean;
  /** With kept features: the path of the layer whose output is kept, `head_pool` if the whole backbone is frozen. */
  readonly featuresOf?: string;
}

/** The progress of a phase after a batch. */
export interface BatchEvent {
  readonly phase: string;
  readonly activity: 'features' | 'train' | 'validate';
  /** The epoch within the phase, from 0. */
  readonly epoch: number;
  readonly epochs: number;
  /** The batches of this activity that are done, of `batches` in all. */
  readonly batch: number;
  readonly batches: number;
  /** The mean loss of the epoch so far; NaN while features are computed. */
  readonly loss: number;
  /** The loss of this batch; NaN while features are computed. */
  readonly batchLoss: number;
  /** The estimated time until the end of the phase, or for `'features'` until the last features are computed. */
  readonly secondsLeft: number;
}

/** A point between two steps of a run. The run can be resumed from it. */
export interface SafePoint {
  readonly phase: string;
  /** The number of steps of the phase that are done. */
  readonly step: number;
  /** Whether an epoch has just ended. */
  readonly epochEnd: boolean;
  /** Everything that is needed to resume the run here. Its arrays may change after the callback returns: copy or write them. */
  state(): Promise<TrainingState>;
}

/** What a callback can read and change during a run. */
export interface TrainingContext {
  readonly classifier: Classifier;
  /** The history rows so far, those of earlier phases included. */
  readonly history: readonly HistoryRow[];
  /**
   * The learning rate of the last step. Setting it multiplies the scheduled rates of all later steps of the phase by the
   * same factor.
   */
  learningRate: number;
  /** Ends the phase after this epoch. */
  stop(): void;
  /** Calls every callback's `onNote` with a sentence about something unexpected that doesn't end the run. */
  note(text: string): Promise<void>;
}

/** Hooks into a run. Each may be async. Callbacks are called in the order of the option `callbacks`. */
export interface Callback {
  onPhaseBegin?(phase: PhaseInfo, context: TrainingContext): void | Promise<void>;
  /** Called with a sentence about something unexpected that doesn't end the run, such as features that don't fit in memory. */
  onNote?(text: string, context: TrainingContext): void | Promise<void>;
  onBatchEnd?(event: BatchEvent, context: TrainingContext): void | Promise<void>;
  onEpochEnd?(row: HistoryRow, context: TrainingContext): void | Promise<void>;
  /** Called after each training step, and after each epoch's `onEpochEnd` of all callbacks. */
  onSafePoint?(point: SafePoint, context: TrainingContext): void | Promise<void>;
  /**
   * Also called if the phase was interrupted or failed, and if another callback's `onPhaseEnd` threw, so that nothing is
   * lost. The phase throws the first error that came up; the others are told by `onNote`.
   */
  onPhaseEnd?(phase: PhaseInfo, context: TrainingContext): void | Promise<void>;
  /** Returns what the callback remembers, for a training state. Arrays needn't be copied. */
  state?(): CallbackState | Promise<CallbackState>;
  /** Restores what `state` returned in an earlier process. Called after `onPhaseBegin`. */
  restore?(state: CallbackState): void | Promise<void>;
}

/** A callback that remembers something over a resume. */
type CallbackWithState = Callback & Required<Pick<Callback, 'state'>>;

/** The callbacks whose states a training state has, in their order. Others may come and go between two starts of a run. */
export function withState(callbacks: readonly Callback[]): readonly CallbackWithState[] {
  return callbacks.filter((callback): callback is CallbackWithState => callback.state !== undefined);
}
