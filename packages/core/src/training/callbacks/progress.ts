import { checkOptions, FROM_0_TO_INFINITY, FUNCTION } from '../../options/check-options';
import { nodeModules } from '../../platform/node';
import type { BatchEvent, Callback } from '../callback';
import type { HistoryRow } from '../history';

/** Options of `progress`. */
export interface ProgressOptions {
  /** Called with each finished line; default `console.log`. */
  readonly log?: (line: string) => void;
  /** Called with a line that replaces the last one; default: writes to standard error if that is a terminal. */
  readonly rewrite?: (line: string) => void;
  /** Without a terminal: the least time in milliseconds between two lines about batches; default 10,000. */
  readonly everyMs?: number;
}

/**
 * Shows the progress of a run: phase, epoch, batch, loss and time left after each batch, and the metrics after each epoch.
 *
 * @throws OptionError if an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-layers';
 * import { classifier, fineTune, progress } from '@thawjs/core';
 *
 * // Four images of 4×4 pixels, white if the label is 1, else black.
 * const y = Uint8Array.of(1, 0, 1, 0);
 * const pixels = Uint8Array.from({ length: 4 * 48 }, (_, i) => 255 * y[Math.floor(i / 48)]);
 * const train = {
 *   length: 4,
 *   ids: ['a', 'b', 'c', 'd'],
 *   labels: ['Bright'],
 *   y,
 *   async *batches() {
 *     yield { rows: Int32Array.of(0, 1, 2, 3), pixels, shape: [4, 4, 4, 3] as const, y };
 *   },
 * };
 * const layers = [tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [4, 4, 3] })];
 * const preprocessing = { channelOrder: 'rgb', mean: [127.5, 127.5, 127.5], scale: 1 / 127.5 } as const;
 * const model = classifier(tf.sequential({ layers }), { labels: train.labels, preprocessing });
 *
 * const lines: string[] = [];
 * const callbacks = [progress({ log: (line) => lines.push(line), rewrite: () => {} })];
 * const head = { epochs: 2, learningRate: 1e-2 };
 * await fineTune(model, { train, validation: train, head, thaw: false, callbacks });
 * const begin = lines.find((line) => line.startsWith('head'));
 * console.log(begin?.split(',')[0]); // head: 2 epochs
 * ```
 */
export function progress(options: ProgressOptions = {}): Callback {
  checkOptions('progress', options, {
    log: FUNCTION,
    rewrite: FUNCTION,
    everyMs: FROM_0_TO_INFINITY,
  });
  const { log = console.log, rewrite = terminal(), everyMs = 10_000 } = options;
  let last = Date.now();
  let epochs = 0;
  let firstEpoch = 0;
  return {
    onPhaseBegin(phase, { classifier }) {
      ({ epochs, firstEpoch } = phase);
      const { featuresOf = classifier.featureLayer } = phase;
      const frozen = featuresOf === classifier.featureLayer ? 'backbone' : `layers up to ${featuresOf}`;
      const how = phase.cachesFeatures
        ? `features of the frozen ${frozen} computed once`
        : 'through the backbone';
      const images = `${phase.trainImages} images, ${phase.validationImages} to validate`;
      log(`${phase.name}: ${phase.epochs} epoch${phase.epochs === 1 ? '' : 's'}, ${images}, ${how}`);
    },
    onNote(text) {
      log(text);
    },
    onBatchEnd(event) {
      if (rewrite) rewrite(batchLine(event));
      else if (Date.now() - last > everyMs) {
        last = Date.now();
        log(batchLine(event));
      }
    },
    onEpochEnd(row) {
      rewrite?.('');
      last = Date.now();
      log(epochLine(row, row.epoch - firstEpoch + 1, epochs));
    },
  };
}

function batchLine({
  phase,
  activity,
  epoch,
  epochs,
  batch,
  batches,
  loss,
  secondsLeft,
}: BatchEvent): string {
  const where = activity === 'features' ? '' : ` ${epoch + 1}/${epochs}`;
  const known = Number.isNaN(loss) ? '' : `  loss ${loss.toFixed(4)}`;
  return `${phase}${where}  ${activity} ${batch}/${batches}${known}  ${duration(secondsLeft)} left`;
}

function epochLine(row: HistoryRow, epoch: number, epochs: number): string {
  const fixed = new Set(['phase', 'epoch', 'seconds', 'learningRate']);
  const metrics = Object.entries(row)
    .filter(([name, value]) => !fixed.has(name) && typeof value === 'number' && !Number.isNaN(value))
    .map(([name, value]) => `${name} ${(value as number).toFixed(4)}`);
  return `${row.phase} ${epoch}/${epochs}  ${duration(row.seconds)}  ${metrics.join('  ')}`;
}

function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

function terminal(): ProgressOptions['rewrite'] {
  const stream = nodeModules()?.process.stderr;
  // Moves to the start of the line and erases the rest of it (ECMA-48's EL).
  return stream?.isTTY ? (line) => void stream.write(`\r\u001b[K${line}`) : undefined;
}
