import type { RankedColumn } from './ranked-column';
import type { ResampledArea } from './resampled-areas';

/** A step is a row's number times 4, plus what it does: */
const NEGATIVE = 0;
const TIED_POSITIVE = 1;
const POSITIVE = 2;

/**
 * The area under the ROC curve of any resample, in one walk up the scores: a positive scores with the negatives below it,
 * counted in halves. A positive that shares its score with negatives comes before and after them, for one half each.
 */
export const resampledRocArea: ResampledArea = { plan, measure };

function plan({ rows, labels, ends }: RankedColumn): Uint32Array {
  const steps = new Uint32Array(2 * rows.length);
  let count = 0;
  for (let start = 0; start < rows.length; ) {
    const end = ends.indexOf(1, start) + 1;
    const tied = end - start > 1 && labels.subarray(start, end).includes(0);
    const walk = (label: number, does: number) => {
      for (let at = start; at < end; at++) if (labels[at] === label) steps[count++] = rows[at]! * 4 + does;
    };
    walk(1, tied ? TIED_POSITIVE : POSITIVE);
    walk(0, NEGATIVE);
    if (tied) walk(1, TIED_POSITIVE);
    start = end;
  }
  return steps.slice(0, count);
}

function measure(steps: Uint32Array, counts: Uint16Array): { value: number; positives: number } {
  let halves = 0;
  let negatives = 0;
  let shares = 0;
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at]!;
    const drawn = counts[step >>> 2]!;
    const does = step & 3;
    const share = drawn * does;
    shares += share;
    halves += share * negatives;
    negatives += does === NEGATIVE ? drawn : 0;
  }
  const positives = shares / 2;
  return { value: halves / (2 * positives * negatives), positives };
}
