import { fillUndefined, meanOf } from '../averaging/mean-of';
import type { CheckedInputs } from '../input/check-inputs';
import type { ClassAverage, UndefinedPolicy } from '../options';
import { poolPairs } from '../ranking/pool-pairs';
import { type RankedColumn, RankRoom, rankColumn } from '../ranking/rank-column';
import type { DrawnCounts, RowDrawer } from './row-drawer';

/** Resamples that are measured in one walk, side by side. */
export const LANES = 4;

/** The areas of the resamples of one walk, and by how many positives each stands in a weighted average. */
export interface LaneAreas {
  readonly values: readonly number[];
  readonly positives: readonly number[];
}

/** An area under a curve of any resample, from how often each row was drawn: what sorting there is, is done once. */
export interface ResampledArea {
  /** A column's rows as steps, in the order that `measure` walks. */
  readonly plan: (ranked: RankedColumn) => Uint32Array;
  /** @param counts of {@link LANES} resamples */
  readonly measure: (steps: Uint32Array, counts: DrawnCounts) => LaneAreas;
}

/** The area of each class, or its average, of each resample, resample by resample. */
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
