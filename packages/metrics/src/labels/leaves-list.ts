import type { Linkage } from './linkage';

/**
 * The items of a hierarchy from left to right, as a dendrogram shows them: merged items are neighbours.
 *
 * The first part of a cluster is left of its second part (`scipy.cluster.hierarchy.leaves_list`). O(n).
 *
 * @param hierarchy the result of {@link linkage}
 * @returns n item numbers, each once
 *
 * @example
 * ```ts
 * import { leavesList, linkage } from '@thawjs/metrics';
 *
 * const distances = [[0, 9, 1, 8], [9, 0, 8, 2], [1, 8, 0, 9], [8, 2, 9, 0]];
 * console.log([...leavesList(linkage(distances))]); // [ 0, 2, 1, 3 ]
 * ```
 */
export function leavesList({ data, shape: [merges] }: Linkage): Uint32Array {
  const items = merges + 1;
  const order = new Uint32Array(items);
  const pending = [2 * items - 2];
  let at = 0;
  while (pending.length > 0) {
    const cluster = pending.pop()!;
    if (cluster < items) order[at++] = cluster;
    else pending.push(data[(cluster - items) * 4 + 1], data[(cluster - items) * 4]);
  }
  return order;
}
