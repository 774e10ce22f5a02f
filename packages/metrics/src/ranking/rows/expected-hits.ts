import { countAbove } from './count-above';
import type { RowScores } from './mean-over-rows';

/**
 * How many positives a row has among its `k` highest scores. A tie across the border counts by the share of its places that
 * lie inside: the mean over all orders of the tied (McSherry and Najork 2008).
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
