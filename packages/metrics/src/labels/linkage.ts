import { EmptyInputError, LabelShapeError, OptionValueError } from '../errors';
import { checkOptions, type OptionRule } from '../input/check-options';
import { readMatrix } from '../input/read-matrix';
import type { MatrixInput } from '../matrix-input';

/** How the distance between two clusters follows from the distances of their members. */
export type LinkageMethod = 'average' | 'complete' | 'single' | 'weighted';

/** Options of {@link linkage}. */
export interface LinkageOptions {
  /**
   * `'average'` (UPGMA): the mean of all pairs; `'complete'`: the farthest pair; `'single'`: the nearest pair; `'weighted'` (WPGMA): the
   * mean of the two parts' distances. Default `'average'`, as in seaborn's `clustermap`.
   */
  readonly method?: LinkageMethod;
}

/** A hierarchy of clusters, as SciPy writes it. */
export interface Linkage {
  /**
   * n − 1 rows of four, row-major: the two clusters that merge (the smaller number first), their distance,
   * and the size of the union. A number below n is an item; n + i is the cluster that row i made.
   */
  readonly data: Float64Array;
  readonly shape: readonly [merges: number, columns: 4];
}

type Update = (toFirst: number, toSecond: number, sizeOfFirst: number, sizeOfSecond: number) => number;

/** The distance of a third cluster to the union of two (Lance and Williams 1967). */
const UPDATES: Readonly<Record<LinkageMethod, Update>> = {
  average: (x, y, sizeX, sizeY) => (sizeX * x + sizeY * y) / (sizeX + sizeY),
  complete: (x, y) => Math.max(x, y),
  single: (x, y) => Math.min(x, y),
  weighted: (x, y) => 0.5 * (x + y),
};

/** Rules of {@link LinkageOptions}. */
export const linkageRules: Readonly<Record<string, OptionRule>> = {
  method: {
    accepts: (value) => typeof value === 'string' && Object.hasOwn(UPDATES, value),
    expected: Object.keys(UPDATES)
      .map((method) => `"${method}"`)
      .join(' or '),
  },
};

/**
 * Agglomerative hierarchical clustering of items from their distances.
 *
 * Each item starts as a cluster of its own. The two nearest clusters are merged until one is left.
 * Nearest-neighbour chains find them (Murtagh 1983; Müllner 2011, arXiv:1109.2378) in O(n²) time, with one
 * copy of the distances. The rows and their order are those of `scipy.cluster.hierarchy.linkage`, ties
 * included. Only for equal distances with `'single'` the tree may be another, equally good one, because SciPy
 * uses another algorithm there.
 *
 * - The input holds distances between items, not coordinates: pass the square matrix as it is. SciPy takes a
 *   square matrix for coordinates, and clusters distances of distances, which is the mistake of
 *   `clustermap(correlation)`.
 * - For one item the result has no rows: shape 0×4.
 *
 * @param distances n × n, symmetric, finite, not negative, 0 on the diagonal
 * @throws LabelShapeError if it isn't square, OptionValueError if it holds no distances, EmptyInputError, UnknownOptionError
 *
 * @example
 * ```ts
 * import { linkage } from '@thawjs/metrics';
 *
 * const { data, shape } = linkage([[0, 1, 4], [1, 0, 3], [4, 3, 0]]);
 * console.log(shape); // [ 2, 4 ]
 * console.log([...data.slice(0, 4)], [...data.slice(4)]); // [ 0, 1, 1, 2 ] [ 2, 3, 3.5, 3 ]
 * ```
 */
export function linkage(distances: MatrixInput, options: LinkageOptions = {}): Linkage {
  checkOptions('linkage', options, linkageRules);
  const { working, items } = checkDistances(distances);
  const merges = nearestNeighbourChains(working, items, UPDATES[options.method ?? 'average']);
  merges.sort((a, b) => a.distance - b.distance);
  return { data: numberClusters(merges, items), shape: [merges.length, 4] };
}

interface Merge {
  /** One item of each cluster. */
  readonly first: number;
  readonly second: number;
  readonly distance: number;
}

/** Merges every two clusters that are each other's nearest, until one is left; `distances` is overwritten. */
function nearestNeighbourChains(distances: Float64Array, items: number, update: Update): Merge[] {
  const sizes = new Float64Array(items).fill(1);
  const chain: number[] = [];
  const merges: Merge[] = [];
  while (merges.length < items - 1) {
    if (chain.length === 0) chain.push(sizes.findIndex((size) => size > 0));
    const last = chain[chain.length - 1];
    const before = chain[chain.length - 2];
    const nearest = nearestTo(last, before, distances, sizes);
    if (nearest !== before) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    const [first, second] = last < nearest ? [last, nearest] : [nearest, last];
    merges.push({ first, second, distance: distances[first * items + second] });
    for (let other = 0; other < items; other++) {
      if (sizes[other] === 0 || other === first || other === second) continue;
      const distance = update(
        distances[other * items + first],
        distances[other * items + second],
        sizes[first],
        sizes[second],
      );
      distances[other * items + second] = distance;
      distances[second * items + other] = distance;
    }
    sizes[second] += sizes[first];
    sizes[first] = 0;
  }
  return merges;
}

/**
 * The nearest remaining cluster. Among equally near ones, the previous link of the chain is taken, so that
 * the chain ends.
 */
function nearestTo(
  cluster: number,
  before: number | undefined,
  distances: Float64Array,
  sizes: Float64Array,
): number {
  const row = cluster * sizes.length;
  let nearest = before;
  for (let other = 0; other < sizes.length; other++) {
    if (sizes[other] === 0 || other === cluster) continue;
    if (nearest === undefined || distances[row + other] < distances[row + nearest]) nearest = other;
  }
  return nearest!;
}

/** Numbers clusters as SciPy does: items are below n, and n + i is what row i merged. */
function numberClusters(merges: readonly Merge[], items: number): Float64Array {
  const parents = Array.from({ length: 2 * items - 1 }, (_, cluster) => cluster);
  const sizes = new Float64Array(2 * items - 1).fill(1, 0, items);
  const root = (cluster: number): number => {
    let top = cluster;
    while (parents[top] !== top) top = parents[top];
    return top;
  };
  const rows = new Float64Array(merges.length * 4);
  for (const [at, { first, second, distance }] of merges.entries()) {
    const [a, b] = [root(first), root(second)];
    const union = items + at;
    parents[a] = union;
    parents[b] = union;
    sizes[union] = sizes[a] + sizes[b];
    rows.set([Math.min(a, b), Math.max(a, b), distance, sizes[union]], at * 4);
  }
  return rows;
}

/** Checks the distances, and copies them to a working array. */
function checkDistances(distances: MatrixInput): { working: Float64Array; items: number } {
  const { data, shape = [1, data.length] } = readMatrix('linkage', 'distances', distances);
  const [items, columns] = shape;
  if (data.length === 0)
    throw new EmptyInputError('linkage: expected the distances of at least one item; received none.');
  if (items !== columns) {
    throw new LabelShapeError(
      `linkage: expected a square matrix of distances; received ${items}×${columns}.`,
    );
  }
  const working = Float64Array.from(data);
  for (let row = 0; row < items; row++) {
    for (let column = 0; column <= row; column++) {
      const distance = working[row * items + column];
      const mirrored = working[column * items + row];
      if (distance >= 0 && Number.isFinite(distance) && distance === mirrored) {
        if (row !== column || distance === 0) continue;
      }
      throw new OptionValueError(
        `linkage: expected distances, symmetric, not negative and 0 on the diagonal; received ${distance} at row ${row}, column ${column}` +
          `${row === column ? '' : ` and ${mirrored} at row ${column}, column ${row}`}. For correlations take clusterOrder.`,
      );
    }
  }
  return { working, items };
}
