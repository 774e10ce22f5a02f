import type { RankedColumn } from '../ranking/rank-column';
import { LANES, type LaneAreas, type ResampledArea } from './resampled-areas';
import type { DrawnCounts } from './row-drawer';

/** A step is a row's number times {@link LANES}, plus these bits: */
const POSITIVE = 1;
const TIES_END = 2;

/**
 * The average precision of any resample, in one pass from the highest score down. Rows with equal scores
 * enter together.
 */
export const resampledAveragePrecision: ResampledArea = { plan, measure };

function plan({ rows, labels, ends }: RankedColumn): Uint32Array {
  const steps = new Uint32Array(rows.length);
  let hasPositive = false;
  for (let at = rows.length - 1; at >= 0; at--) {
    hasPositive ||= labels[at] === 1;
    // From the highest score down, the last row of a tie is the first one in ascending order. A tie without
    // positives adds nothing.
    const isEnd = at === 0 || ends[at - 1] === 1;
    steps[rows.length - 1 - at] =
      rows[at] * LANES + labels[at] * POSITIVE + (isEnd && hasPositive ? TIES_END : 0);
    if (isEnd) hasPositive = false;
  }
  return steps;
}

/** Measures four resamples in one pass, which reads the steps once. */
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
      // If no row has been drawn yet, `entering` is 0.
      sums[lane] += (entering[lane] * hits) / Math.max(1, drawn[lane]);
      above[lane] = hits;
      entering[lane] = 0;
    }
  }
  return { values: Array.from(sums, (sum, lane) => sum / above[lane]), positives: Array.from(above) };
}
