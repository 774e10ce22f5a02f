import { countAbove } from './count-above';
import type { RowScores } from './mean-over-rows';

/**
 * The number of positives among the `k` highest scores of a row. If a tie lies across the k-th place, its
 * positives count by the share of its places that are among the first k: the mean over all orders of the tied
 * scores (McSherry and Najork 2008).
 */
export function expectedHits(k: number, columns: number): (row: RowScores) => number {
  const above = new Int32Array(columns);
  const atOrAbove = new Int32Array(columns);
  return ({ all, width, positives, count }) => {
    countAbove(all, width, positives, count, false, above);
    countAbove(all, width, positives, count, true, atOrAbove);
    let hits = 0;
    for (let at = 0; at < count; at++) {
      const places = k - above[at];
      const tied = atOrAbove[at] - above[at];
      if (places > 0) hits += places < tied ? places / tied : 1;
    }
    return hits;
  };
}
