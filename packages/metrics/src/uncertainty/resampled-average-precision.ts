import type { RankedColumn } from '../ranking/rank-column';
import { LANES, type LaneAreas, type ResampledArea } from './resampled-areas';
import type { DrawnCounts } from './row-drawer';

/** A step is a row's number times {@link LANES}, plus these bits: */
const POSITIVE = 1;
const TIES_END = 2;

/** The average precision of any resample, in one walk down the scores. Rows of one score enter together. */
export const resampledAveragePrecision: ResampledArea = { plan, measure };

function plan({ rows, labels, ends }: RankedColumn): Uint32Array {
  const steps = new Uint32Array(rows.length);
  let hasPositive = false;
  for (let at = rows.length - 1; at >= 0; at--) {
    hasPositive ||= labels[at] === 1;
    // Walked downwards, ties end where they began; an end without positives adds nothing.
    const isEnd = at === 0 || ends[at - 1] === 1;
    steps[rows.length - 1 - at] =
      rows[at] * LANES + labels[at] * POSITIVE + (isEnd && hasPositive ? TIES_END : 0);
    if (isEnd) hasPositive = false;
  }
  return steps;
}

/** Four walks in one: the steps are read once. */
function measure(steps: Uint32Array, counts: DrawnCounts): LaneAreas {
  const sums = new Float64Array(LANES);
  const above = new Float64Array(LANES);
  const entering = new Int32Array(LANES);
  const drawn = new Int32Array(LANES);
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at];
    const first = step & ~3; // the row times LANES
    const ifPositive = -(step & POSITIVE);
    for (let lane = 0; lane < LANES; lane++) {
      const now = counts[first + lane];
      drawn[lane] += now;
      entering[lane] += now & ifPositive;
    }
    if ((step & TIES_END) === 0) continue;
    for (let lane = 0; lane < LANES; lane++) {
      const hits = above[lane] + entering[lane];
      // Nothing drawn yet is nothing entering.
      sums[lane] += (entering[lane] * hits) / Math.max(1, drawn[lane]);
      above[lane] = hits;
      entering[lane] = 0;
    }
  }
  return { values: Array.from(sums, (sum, lane) => sum / above[lane]), positives: Array.from(above) };
}
