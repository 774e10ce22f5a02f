import type { HistoryRow } from '../history';
import type { RunFingerprint } from './run-fingerprint';

/** An array of a training state. */
export interface StateArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Uint8Array;
}

/** What a callback remembers: plain JSON, and arrays by names of its own. */
export interface CallbackState {
  readonly json: unknown;
  readonly arrays?: Readonly<Record<string, StateArray>>;
}

/**
 * Everything that a run needs to go on from a point between two steps: with the same model, data and recipe it ends with
 * the same bytes as one that was never interrupted.
 */
export interface TrainingState {
  /** What the run was started with; another run's state isn't taken. */
  readonly fingerprint: RunFingerprint;
  /** The phase that the run is in. */
  readonly phase: string;
  /** The epochs of the phase that are done. */
  readonly epoch: number;
  /** The rows of the epochs that are done, of earlier phases too. */
  readonly history: readonly HistoryRow[];
  /** Wall time so far, by phase. */
  readonly seconds: Readonly<Record<string, number>>;
  /** By what callbacks multiplied the learning rate. */
  readonly rateFactor: number;
  /** Whether a callback has ended the phase. */
  readonly stopped: boolean;
  /** The part of the epoch that is done. */
  readonly tally: { readonly steps: number; readonly images: number; readonly sum: number };
  /** What callbacks remember, in their order; null where one remembers nothing. */
  readonly callbacks: readonly unknown[];
  /**
   * `weights/NAME`: weights that aren't what the run was started with. `own/NAME`: what the steps keep besides, such as
   * the optimizer's slots. `tally/…`: labels and scores of the part of the epoch that is done. `callbacks/I/NAME`.
   */
  readonly arrays: Readonly<Record<string, StateArray>>;
}
