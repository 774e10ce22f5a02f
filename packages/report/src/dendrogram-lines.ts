import { ReportRangeError, ReportShapeError } from './errors';

/** A hierarchy of labels, as `linkage` of `@thawjs/metrics` (or SciPy) returns it. */
export interface LabelHierarchy {
  /**
   * One row per merge: the two parts that merge, their distance, and the size of the union. Numbers from n on
   * are earlier merges.
   */
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** A dendrogram as brackets. */
export interface DendrogramLines {
  /** The labels from the first to the last leaf. */
  readonly order: readonly number[];
  /** Four points per merge: [distance, leaf position], positions counting from 0. */
  readonly brackets: readonly (readonly (readonly [distance: number, position: number])[])[];
  readonly highest: number;
}

/** The positions of a hierarchy's brackets. The first part of each merge is above the second. */
export function dendrogramLines(
  chart: string,
  count: number,
  { data, shape }: LabelHierarchy,
): DendrogramLines {
  if (shape[0] !== count - 1 || shape[1] !== 4 || data.length !== 4 * (count - 1)) {
    throw new ReportShapeError(
      `${chart}: expected a hierarchy of ${count - 1} merges, four numbers each, for ${count} labels; received ${shape.join('×')}.`,
    );
  }
  const order: number[] = [];
  const pending = [2 * count - 2];
  while (pending.length > 0) {
    const at = pending.pop()!;
    if (at < count) order.push(at);
    else pending.push(data[(at - count) * 4 + 1], data[(at - count) * 4]);
    if (order.length + pending.length > count || !(at >= 0 && at <= 2 * count - 2)) {
      throw new ReportRangeError(
        `${chart}: expected a hierarchy in which every part merges once; received another.`,
      );
    }
  }
  const position = new Float64Array(2 * count - 1);
  const distance = new Float64Array(2 * count - 1);
  order.forEach((label, at) => {
    position[label] = at;
  });
  const brackets = Array.from({ length: count - 1 }, (_, merge) => {
    const [a, b, height] = [data[merge * 4], data[merge * 4 + 1], data[merge * 4 + 2]];
    position[count + merge] = (position[a] + position[b]) / 2;
    distance[count + merge] = height;
    return [
      [distance[a], position[a]],
      [height, position[a]],
      [height, position[b]],
      [distance[b], position[b]],
    ] as const;
  });
  return { order, brackets, highest: Math.max(...distance) };
}
