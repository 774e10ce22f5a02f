import { countAgainst } from './count-against';
import type { LabelRuns } from './gather-by-label';

/**
 * The share of (positive, negative) pairs in which the positive scores higher; ties count half. The scores of
 * the rarer label are sorted, and the others are counted against them. Counts are in half pairs, so that
 * every sum is an integer. It is exact up to 2^53, which 60 million rows of each label don't reach.
 */
export function areaUnderRoc({ positives, negatives, room }: LabelRuns): number {
  const pairs = positives.length * negatives.length;
  if (pairs === 0) return Number.NaN;
  const fewPositives = positives.length <= negatives.length;
  const [few, many] = fewPositives ? [positives, negatives] : [negatives, positives];
  const { pivots, between, equal } = countAgainst(few, many, room);
  let halves = 0;
  let below = 0;
  for (let at = 0; at < pivots.length; at++) {
    below += between[at];
    halves += pivots[at] * (2 * below + equal[at]);
    below += equal[at];
  }
  return (fewPositives ? halves : 2 * pairs - halves) / (2 * pairs);
}
