import { fillUndefined, meanOf } from '../averaging/mean-of';
import type { CheckedInputs } from '../input/check-inputs';
import type { ClassAverage, UndefinedPolicy } from '../options';
import { poolPairs } from '../ranking/pool-pairs';
import { type RankedColumn, RankRoom, rankColumn } from '../ranking/rank-column';
import type { DrawnCounts, RowDrawer } from './row-drawer';

/** The number of resamples that are measured together in one pass. */
export const LANES = 4;

/**
 * The areas of the resamples of one pass, and the number of positives of each, which is its weight in a
 * weighted average.
 */
export interface LaneAreas {
  readonly values: readonly number[];
  readonly positives: readonly number[];
}

/**
 * An area under a curve of any resample, from how often each row was drawn. The rows are sorted only once.
 */
export interface ResampledArea {
  /** The rows of a column as steps, in the order in which `measure` takes them. */
  readonly plan: (ranked: RankedColumn) => Uint32Array;
  /** @param counts the draws of each row in {@link LANES} resamples */
  readonly measure: (steps: Uint32Array, counts: DrawnCounts) => LaneAreas;
}

/** The area of each class, or the average of the areas, for one resample after the other. */
export function resampledAreas(
  inputs: CheckedInputs,
  area: ResampledArea,
  average: ClassAverage,
  policy: UndefinedPolicy,
  resamples: number,
  draw: RowDrawer,
): Float64Array {
  const pooled = average === 'micro' ? poolPairs(inputs) : inputs;
  const perRow = average === 'micro' ? inputs.columns : 1;
  const { columns } = pooled;
  const room = new RankRoom(pooled);
  const plans = Array.from({ length: columns }, (_, column) =>
    area.plan(rankColumn(pooled, column, perRow, room)),
  );
  const values = new Float64Array(resamples * columns);
  const support = new Float64Array(resamples * columns);
  const counts = new Uint8Array(inputs.rows * LANES);
  for (let first = 0; first < resamples; first += LANES) {
    const lanes = Math.min(LANES, resamples - first);
    counts.fill(0);
    for (let lane = 0; lane < lanes; lane++) draw(counts, lane, LANES);
    for (const [column, steps] of plans.entries()) {
      const areas = area.measure(steps, counts);
      for (let lane = 0; lane < lanes; lane++) {
        values[(first + lane) * columns + column] = areas.values[lane];
        support[(first + lane) * columns + column] = areas.positives[lane];
      }
    }
  }
  if (average === 'none') return values.map((value) => fillUndefined(value, policy));
  return Float64Array.from({ length: resamples }, (_, resample) => {
    const part = (all: Float64Array) => all.subarray(resample * columns, (resample + 1) * columns);
    return meanOf(part(values), policy, average === 'weighted' ? part(support) : undefined);
  });
}
