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
 */
export function progress({
  log = console.log,
  rewrite = terminal(),
  everyMs = 10_000,
}: ProgressOptions = {}): Callback {
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
      log(`${phase.name}: ${phase.epochs} epochs, ${images}, ${how}`);
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
