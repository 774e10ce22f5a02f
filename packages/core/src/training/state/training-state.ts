import type { HistoryRow } from '../history';
import type { RunFingerprint } from './run-fingerprint';

/** An array of a training state. */
export interface StateArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Uint8Array;
}

/** The state of a callback: plain JSON, and named arrays. */
export interface CallbackState {
  readonly json: unknown;
  readonly arrays?: Readonly<Record<string, StateArray>>;
}

/**
 * Everything that is needed to resume a run at a safe point. With the same model, data and options, the resumed run ends
 * with the same bytes as a run that was never interrupted.
 */
export interface TrainingState {
  /** Identifies model, data and options. A state with another fingerprint is refused. */
  readonly fingerprint: RunFingerprint;
  /** The name of the current phase. */
  readonly phase: string;
  /** The number of epochs of the phase that are done. */
  readonly epoch: number;
  /** The history rows of all epochs that are done, those of earlier phases included. */
  readonly history: readonly HistoryRow[];
  /** Wall time so far, in seconds, by phase name. */
  readonly seconds: Readonly<Record<string, number>>;
  /** The factor by which callbacks changed the scheduled learning rates. */
  readonly rateFactor: number;
  /** Whether a callback has ended the phase. */
  readonly stopped: boolean;
  /** The finished part of the current epoch. */
  readonly tally: { readonly steps: number; readonly images: number; readonly sum: number };
  /** The states of the callbacks that have one, in their order. */
  readonly callbacks: readonly unknown[];
  /**
   * `weights/NAME`: the weights that changed since the run was started. `own/NAME`: the own states of the steps, such as
   * optimizer slots. `tally/…`: labels and scores of the finished part of the epoch. `callbacks/I/NAME`: arrays that
   * the callback of state I remembers.
   */
  readonly arrays: Readonly<Record<string, StateArray>>;
}
