import type { Classifier } from '../classifier/classifier';
import type { HistoryRow } from './history';
import type { CallbackState, TrainingState } from './state/training-state';

/** What a phase is about to do, or has done. */
export interface PhaseInfo {
  readonly name: string;
  readonly epochs: number;
  /** The number of its first epoch in the run. */
  readonly firstEpoch: number;
  readonly trainImages: number;
  readonly validationImages: number;
  /** True where what is frozen runs once an image and its features are kept. */
  readonly cachesFeatures: boolean;
  /** The path of the layer whose output is kept, then: `head_pool` where the whole backbone is frozen. */
  readonly featuresOf?: string;
}

/** Where a phase stands after a batch. */
export interface BatchEvent {
  readonly phase: string;
  readonly activity: 'features' | 'train' | 'validate';
  /** Within the phase, from 0. */
  readonly epoch: number;
  readonly epochs: number;
  /** Batches of this activity done, and in all. */
  readonly batch: number;
  readonly batches: number;
  /** Mean loss of the epoch so far; NaN while features are computed. */
  readonly loss: number;
  /** Estimate until the end of the phase (of the extraction, for `'features'`). */
  readonly secondsLeft: number;
}

/** A point of a run, between two steps, from which it can be gone on with. */
export interface SafePoint {
  readonly phase: string;
  /** Steps of the phase that are done. */
  readonly step: number;
  /** Whether an epoch has just ended. */
  readonly epochEnd: boolean;
  /** Everything that the run needs to go on from here. Its arrays may be the run's own: use them before returning. */
  state(): Promise<TrainingState>;
}

export interface TrainingContext {
  readonly classifier: Classifier;
  /** The rows so far, of earlier phases too. */
  readonly history: readonly HistoryRow[];
  /** The rate of the step before. Setting it multiplies the rates of all later steps of the phase likewise. */
  learningRate: number;
  /** Ends the phase after this epoch. */
  stop(): void;
  /** Tells every callback's `onNote` a sentence about something unexpected that doesn't end the run. */
  note(text: string): Promise<void>;
}

/** Hooks into a run; each may be async, and each is called in the order of the `callbacks`. */
export interface Callback {
  onPhaseBegin?(phase: PhaseInfo, context: TrainingContext): void | Promise<void>;
  /** A sentence about what the run does otherwise than one would expect, such as that features don't fit in memory. */
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
  /** What it remembers, for a training state. Arrays may be its own. */
  state?(): CallbackState | Promise<CallbackState>;
  /** Takes up what `state` gave in an earlier process. Called after `onPhaseBegin`. */
  restore?(state: CallbackState): void | Promise<void>;
}
