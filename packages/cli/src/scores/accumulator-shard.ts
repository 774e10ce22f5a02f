import { CalibrationAccumulator, ConfusionCountsAccumulator, KerasAucAccumulator } from '@thawjs/metrics';
import type { Shard } from '../commands/shard-option';
import { CommandError } from '../errors';
import { isShard, type ScoreJob, type ScoreRow } from './score-shard';

/** The metrics of some images in constant memory, whatever the number of images. Accumulators can be merged. */
export interface Accumulators {
  readonly confusionCounts: ConfusionCountsAccumulator;
  readonly calibration: CalibrationAccumulator;
  readonly auc: KerasAucAccumulator;
}

/** A file of accumulators. The file of a merged result has no shard. */
interface AccumulatorFile {
  readonly format: 'thaw-accumulators';
  readonly version: 1;
  readonly job: string;
  readonly labels: readonly string[];
  readonly shard?: Shard;
  readonly states: Readonly<Record<keyof Accumulators, object>>;
}

/** The value of an unknown label. */
const UNKNOWN = -1;

/** Empty accumulators of a job: decisions at the model's thresholds, calibration, and the AUC over 1,000 thresholds. */
export function emptyAccumulators({ thresholds }: Pick<ScoreJob, 'thresholds'>): Accumulators {
  const common = { ignoreValue: UNKNOWN } as const;
  return {
    confusionCounts: new ConfusionCountsAccumulator({ ...common, threshold: [...thresholds] }),
    calibration: new CalibrationAccumulator(common),
    auc: new KerasAucAccumulator({ ...common, multiLabel: true, numThresholds: 1000 }),
  };
}

/** The accumulators of labelled rows. */
export function accumulated(job: ScoreJob, rows: readonly ScoreRow[]): Accumulators {
  const all = emptyAccumulators(job);
  if (rows.length === 0) return all;
  const y = rows.map((row) => row.y!.map((value) => value ?? UNKNOWN));
  const scores = rows.map((row) => [...row.scores]);
  for (const accumulator of Object.values(all)) accumulator.update(y, scores);
  return all;
}

/** Adds the second accumulators to the first. */
export function mergeAccumulators(into: Accumulators, other: Accumulators): void {
  into.confusionCounts.merge(other.confusionCounts);
  into.calibration.merge(other.calibration);
  into.auc.merge(other.auc);
}

/** The text of a file of accumulators. */
export function accumulatorsText(
  { job, shard }: { readonly job: Pick<ScoreJob, 'job' | 'labels'>; readonly shard?: Shard },
  states: Accumulators,
): string {
  const file = {
    format: 'thaw-accumulators',
    version: 1,
    job: job.job,
    labels: job.labels,
    ...(shard && { shard }),
    states,
  };
  return `${JSON.stringify(file)}\n`;
}

/** Reads a file of accumulators. @throws CommandError if the file isn't one */
export function parseAccumulators(
  text: string,
  file: string,
): { job: string; shard: Shard; states: Accumulators } {
  const stored = parsed(text) as AccumulatorFile | undefined;
  const hasStates = typeof stored?.states === 'object' && stored.states !== null;
  if (
    stored?.format !== 'thaw-accumulators' ||
    stored.version !== 1 ||
    !isShard(stored.shard) ||
    !hasStates
  ) {
    throw new CommandError(
      `expected a shard of thaw-accumulators, version 1, in ${file}. Remove it, and run the shard again.`,
    );
  }
  const { confusionCounts, calibration, auc } = stored.states as Record<keyof Accumulators, never>;
  return {
    job: stored.job,
    shard: stored.shard,
    states: {
      confusionCounts: ConfusionCountsAccumulator.fromJSON(confusionCounts),
      calibration: CalibrationAccumulator.fromJSON(calibration),
      auc: KerasAucAccumulator.fromJSON(auc),
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
