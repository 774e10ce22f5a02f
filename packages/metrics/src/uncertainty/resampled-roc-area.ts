import type { RankedColumn } from '../ranking/rank-column';
import { LANES, type LaneAreas, type ResampledArea } from './resampled-areas';
import type { DrawnCounts } from './row-drawer';

/** A step is a row's number times {@link LANES}, plus what it does: */
const NEGATIVE = 0;
const TIED_POSITIVE = 1;
const POSITIVE = 2;

/**
 * The area under the ROC curve of any resample, in one pass from the lowest score up. Each positive adds the
 * number of negatives below it, counted in halves. A positive that shares its score with negatives comes
 * before and after them, for one half each.
 */
export const resampledRocArea: ResampledArea = { plan, measure };

function plan({ rows, labels, ends }: RankedColumn): Uint32Array {
  const steps = new Uint32Array(rows.length + countTied(labels, ends));
  let count = 0;
  for (let start = 0, end = 0; start < rows.length; start = end) {
    let negatives = 0;
    do negatives += 1 - labels[end];
    while (ends[end++] === 0);
    const does = negatives === 0 ? POSITIVE : TIED_POSITIVE;
    for (let at = start; at < end; at++) if (labels[at] === 1) steps[count++] = rows[at] * LANES + does;
    for (let at = start; at < end; at++) if (labels[at] === 0) steps[count++] = rows[at] * LANES + NEGATIVE;
    if (negatives === 0 || negatives === end - start) continue;
    for (let at = start; at < end; at++) if (labels[at] === 1) steps[count++] = rows[at] * LANES + does;
  }
  return steps;
}

/** Positives that share their score with a negative. */
function countTied(labels: Uint8Array, ends: Uint8Array): number {
  let tied = 0;
  for (let start = 0, end = 0; start < labels.length; start = end) {
    let positives = 0;
    do positives += labels[end];
    while (ends[end++] === 0);
    if (positives < end - start) tied += positives;
  }
  return tied;
}

/**
 * Measures four resamples in one pass without a branch. The steps are read once, and no addition waits for
 * that of another lane.
 */
function measure(steps: Uint32Array, counts: DrawnCounts): LaneAreas {
  let halves0 = 0;
  let halves1 = 0;
  let halves2 = 0;
  let halves3 = 0;
  let negatives0 = 0;
  let negatives1 = 0;
  let negatives2 = 0;
  let negatives3 = 0;
  let shares0 = 0;
  let shares1 = 0;
  let shares2 = 0;
  let shares3 = 0;
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at];
    const first = step & ~3; // the row times LANES
    const does = step & 3;
    const ifNegative = (does - 1) >> 31;
    const drawn0 = counts[first];
    const drawn1 = counts[first + 1];
    const drawn2 = counts[first + 2];
    const drawn3 = counts[first + 3];
    const share0 = Math.imul(drawn0, does);
    const share1 = Math.imul(drawn1, does);
    const share2 = Math.imul(drawn2, does);
    const share3 = Math.imul(drawn3, does);
    shares0 = (shares0 + share0) | 0;
    shares1 = (shares1 + share1) | 0;
    shares2 = (shares2 + share2) | 0;
    shares3 = (shares3 + share3) | 0;
    halves0 += Math.imul(share0, negatives0);
    halves1 += Math.imul(share1, negatives1);
    halves2 += Math.imul(share2, negatives2);
    halves3 += Math.imul(share3, negatives3);
    negatives0 = (negatives0 + (drawn0 & ifNegative)) | 0;
    negatives1 = (negatives1 + (drawn1 & ifNegative)) | 0;
    negatives2 = (negatives2 + (drawn2 & ifNegative)) | 0;
    negatives3 = (negatives3 + (drawn3 & ifNegative)) | 0;
  }
  return {
    values: [
      halves0 / (shares0 * negatives0),
      halves1 / (shares1 * negatives1),
      halves2 / (shares2 * negatives2),
      halves3 / (shares3 * negatives3),
    ],
    positives: [shares0 / 2, shares1 / 2, shares2 / 2, shares3 / 2],
  };
}
