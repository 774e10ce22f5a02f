import type { RankedColumn } from './ranked-column';
import type { ResampledArea } from './resampled-areas';

/** A step is a row's number times 4, plus these bits: */
const POSITIVE = 1;
const LAST_OF_TIES = 2;

/** The average precision of any resample, in one walk down the scores. Rows of one score enter together. */
export const resampledAveragePrecision: ResampledArea = { plan, measure };

function plan({ rows, labels, ends }: RankedColumn): Uint32Array {
  const steps = new Uint32Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    // Walked downwards, ties end where they began.
    const last = at === 0 || ends[at - 1] === 1 ? LAST_OF_TIES : 0;
    steps[rows.length - 1 - at] = rows[at]! * 4 + labels[at]! * POSITIVE + last;
  }
  return steps;
}

function measure(steps: Uint32Array, counts: Uint16Array): { value: number; positives: number } {
  let [sum, above, entering, falseAbove] = [0, 0, 0, 0];
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at]!;
    const drawn = counts[step >>> 2]!;
    if ((step & POSITIVE) !== 0) entering += drawn;
    else falseAbove += drawn;
    if (entering === 0 || (step & LAST_OF_TIES) === 0) continue;
    above += entering;
    sum += (entering * above) / (above + falseAbove);
    entering = 0;
  }
  return { value: sum / above, positives: above };
}
