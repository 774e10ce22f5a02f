import type { BatchEvent, Callback } from '@thawjs/core';
import type { TrainingCommand, TrainingEvent } from '../messages';

/** The longest time that the thread computes before it handles the page's commands. */
const LISTEN_MS = 15;
/** The shortest time between two batches that are reported to the page. */
const TELL_MS = 33;

/** The worker's end of a training's connection to its page. */
export interface TrainingControl {
  /** Reports events to the page, and waits while the training is paused. */
  readonly callback: Callback;
  /** Aborts when the page stops the training. */
  readonly signal: AbortSignal;
  /** Tells the page that no more events follow. */
  end(): void;
}

/** Connects a training to its page. */
export function trainingControl(port: MessagePort): TrainingControl {
  const stop = new AbortController();
  let goOn: (() => void) | undefined;
  let paused: Promise<void> | undefined;
  const tell = (event: TrainingEvent) => port.postMessage(event);
  const resume = () => {
    goOn?.();
    goOn = undefined;
    paused = undefined;
  };
  port.onmessage = ({ data }: MessageEvent<TrainingCommand>) => {
    if (data === 'pause' && !paused) {
      paused = new Promise((resolve) => {
        goOn = resolve;
      });
    } else if (data !== 'pause') {
      if (data === 'stop') stop.abort();
      resume();
    }
  };
  let listened = performance.now();
  let told = Number.NEGATIVE_INFINITY;
  const listen = async () => {
    const now = performance.now();
    if (now - listened < LISTEN_MS) return;
    // Messages arrive between tasks. Steps on wasm and cpu run within one task.
    await new Promise<void>((resolve) => setTimeout(resolve));
    listened = performance.now();
    if (!paused) return;
    tell({ state: 'paused' });
    await paused;
    tell({ state: 'running' });
  };
  const isLast = ({ batch, batches }: BatchEvent) => batch === batches;
  return {
    signal: stop.signal,
    callback: {
      onPhaseBegin: (phase) => tell({ phase }),
      async onBatchEnd(event) {
        const now = performance.now();
        if (now - told >= TELL_MS || isLast(event)) {
          told = now;
          tell({ batch: event });
        }
        await listen();
      },
      onEpochEnd: (row) => tell({ epoch: row }),
      onNote: (note) => tell({ note }),
    },
    end() {
      tell({ ended: true });
    },
  };
}
