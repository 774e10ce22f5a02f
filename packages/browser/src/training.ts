import type { BatchEvent, HistoryRow, PhaseInfo, Run } from '@thawjs/core';
import type { TrainingCommand, TrainingEvent } from './messages';

/** The events of a training that a page can listen to. */
export interface TrainingListeners {
  /** A phase begins. */
  readonly onPhase?: (phase: PhaseInfo) => void;
  /** A batch has ended. Called at most about 30 times a second, and for the last batch of each activity. */
  readonly onBatch?: (event: BatchEvent) => void;
  /** An epoch has ended: its row of the history. */
  readonly onEpoch?: (row: HistoryRow) => void;
  /** A note on a choice that was made, or on something unexpected that doesn't end the run. */
  readonly onNote?: (text: string) => void;
  /** The training was paused, continues, or has ended. */
  readonly onState?: (state: TrainingActivity) => void;
}

/** The activity of a training. A paused training waits between two batches. */
export type TrainingActivity = 'running' | 'paused' | 'ended';

/** A training that runs in a worker. */
export class Training {
  /** The record of the run, as core's `fineTune` returns it; rejects if the run fails. */
  readonly finished: Promise<Run>;
  #state: TrainingActivity = 'running';
  readonly #port: MessagePort;
  readonly #listeners: TrainingListeners;

  /** @internal Made by `WorkerClassifier.fineTune`. */
  constructor(port: MessagePort, listeners: TrainingListeners, run: Promise<Run>) {
    this.#port = port;
    this.#listeners = listeners;
    const heard = new Promise<void>((resolve) => {
      port.onmessage = ({ data }: MessageEvent<TrainingEvent>) => {
        if ('ended' in data) resolve();
        else this.#hear(data);
      };
    });
    this.finished = run
      // Events before the end are delivered before the result.
      .then(async (result) => {
        await heard;
        return result;
      })
      .finally(() => {
        port.close();
        this.#enter('ended');
      });
    // The page may await `finished` later, so a rejection isn't reported as unhandled.
    this.finished.catch(() => {});
  }

  get state(): TrainingActivity {
    return this.#state;
  }

  /** Pauses after the current batch, until `resume`. The worker answers other calls in the meantime. */
  pause(): void {
    this.#tell('pause');
  }

  /** Continues after `pause`. */
  resume(): void {
    this.#tell('resume');
  }

  /**
   * Ends the run after the current batch; `finished` then has `interrupted: true`. The model has the best weights so far if
   * the run stops early by validation (the default with `validation`), else the last. A run with `out` can be resumed.
   */
  stop(): void {
    this.#tell('stop');
  }

  #tell(command: TrainingCommand): void {
    if (this.#state !== 'ended') this.#port.postMessage(command);
  }

  #hear(event: Exclude<TrainingEvent, { ended: true }>): void {
    const { onPhase, onBatch, onEpoch, onNote } = this.#listeners;
    if ('phase' in event) onPhase?.(event.phase);
    else if ('batch' in event) onBatch?.(event.batch);
    else if ('epoch' in event) onEpoch?.(event.epoch);
    else if ('note' in event) onNote?.(event.note);
    else this.#enter(event.state);
  }

  #enter(state: TrainingActivity): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#listeners.onState?.(state);
  }
}
