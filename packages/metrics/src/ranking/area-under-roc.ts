import type { SortedByLabel } from './sort-by-label';

/**
 * The share of (positive, negative) pairs in which the positive scores higher, ties counting half.
 * Counted in halves of a pair, so that every sum is an integer and exact up to 2^53: past 60 million of each kind.
 */
export function areaUnderRoc({ positives, negatives }: SortedByLabel): number {
  if (positives.length === 0 || negatives.length === 0) return Number.NaN;
  let halves = 0;
  let below = 0;
  let notAbove = 0;
  for (let index = 0; index < positives.length; index++) {
    const score = positives[index]!;
    while (below < negatives.length && negatives[below]! < score) below++;
    if (notAbove < below) notAbove = below;
    while (notAbove < negatives.length && negatives[notAbove]! === score) notAbove++;
    halves += below + notAbove;
  }
  return halves / (2 * positives.length * negatives.length);
}
