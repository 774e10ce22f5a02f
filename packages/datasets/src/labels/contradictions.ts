import type { DatasetRecords } from '../records/dataset-records';
import { labelColumns } from './label-columns';

/** Labels of which an image may have one at most: two hair colours, or bald and a hair colour. */
export type Exclusion = readonly string[];

/** Rows that have labels which exclude each other. */
export interface Contradictions {
  /** The rows with at least one contradiction, ascending. */
  readonly rows: Int32Array;
  /** For each exclusion, in the order given, how many rows break it. */
  readonly broken: readonly { readonly labels: Exclusion; readonly count: number }[];
  /** All of it in a few lines, the most frequent first. */
  toString(): string;
}

/**
 * Finds the rows that have labels which exclude each other.
 *
 * @throws {UnknownLabelError} an exclusion names a label that is not there; the nearest are named
 */
export function contradictions(
  { ids, labels, y }: Pick<DatasetRecords, 'ids' | 'labels' | 'y'>,
  exclusions: readonly Exclusion[],
): Contradictions {
  const width = labels.length;
  const isBroken = new Uint8Array(ids.length);
  const broken = exclusions.map((exclusion) => {
    const columns = labelColumns('contradictions', exclusion, labels);
    let count = 0;
    for (let row = 0; row < ids.length; row++) {
      let has = 0;
      for (const column of columns) has += y[row * width + column]!;
      if (has < 2) continue;
      isBroken[row] = 1;
      count++;
    }
    return { labels: exclusion, count };
  });
  const rows = Int32Array.from({ length: ids.length }, (_, row) => row).filter((row) => isBroken[row] === 1);
  return {
    rows,
    broken,
    toString() {
      const shown = (count: number) => count.toLocaleString('en-US');
      const lines = [...broken]
        .filter(({ count }) => count > 0)
        .sort((a, b) => b.count - a.count)
        .map(({ labels: of, count }) => `  ${shown(count).padStart(9)}  ${of.join(' and ')}`);
      return [
        `${shown(rows.length)} of ${shown(ids.length)} rows have labels that exclude each other`,
        ...lines,
      ].join('\n');
    },
  };
}
