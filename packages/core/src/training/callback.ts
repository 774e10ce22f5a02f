import type { Classifier } from '../classifier/classifier';
import type { HistoryRow } from './history';

/** What a phase is about to do, or has done. */
export interface PhaseInfo {
  readonly name: string;
  readonly epochs: number;
  /** The number of its first epoch in the run. */
  readonly firstEpoch: number;
  readonly trainImages: number;
  readonly validationImages: number;
  /** True where the backbone is frozen whole, so that its features are computed once and kept. */
  readonly cachesFeatures: boolean;
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

export interface TrainingContext {
  readonly classifier: Classifier;
  /** The rows so far, of earlier phases too. */
  readonly history: readonly HistoryRow[];
  /** Ends the phase after this epoch. */
  stop(): void;
}

/** Hooks into a run; each may be async, and each is called in the order of the `callbacks`. */
export interface Callback {
  onPhaseBegin?(phase: PhaseInfo, context: TrainingContext): void | Promise<void>;
  onBatchEnd?(event: BatchEvent, context: TrainingContext): void | Promise<void>;
  onEpochEnd?(row: HistoryRow, context: TrainingContext): void | Promise<void>;
  /** Also called where the phase was interrupted or failed, so that nothing is lost. */
  onPhaseEnd?(phase: PhaseInfo, context: TrainingContext): void | Promise<void>;
}
