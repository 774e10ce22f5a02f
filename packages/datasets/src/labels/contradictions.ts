import type { DatasetRecords } from '../records/dataset-records';
import { labelColumns } from './label-columns';

/** A trait of an image: a label that the image has, or one that it lacks. */
export type Trait = string | { readonly not: string };

/**
 * Traits of which an image may show one at most: `['Black_Hair', 'Blond_Hair']`; `['Bald', 'Black_Hair']`;
 * `[{ not: 'Male' }, { not: 'No_Beard' }]` is a woman with a beard.
 */
export type Exclusion = readonly Trait[];

/** The label that a trait is about. */
export const labelOf = (trait: Trait): string => (typeof trait === 'string' ? trait : trait.not);

/** Rows that have labels which exclude each other. */
export interface Contradictions {
  /** The rows with at least one contradiction, ascending. */
  readonly rows: Int32Array;
  /** Per exclusion, in the given order: the number of rows that violate it. */
  readonly broken: readonly { readonly traits: Exclusion; readonly count: number }[];
  /** A summary in a few lines, the most frequent contradictions first. */
  toString(): string;
}

/**
 * Finds the rows that have labels which exclude each other. A label that is unknown in a row never contradicts another.
 *
 * @throws {UnknownLabelError} an exclusion names a label that is not there; the nearest are named
 */
export function contradictions(
  { ids, labels, y, known }: Pick<DatasetRecords, 'ids' | 'labels' | 'y' | 'known'>,
  exclusions: readonly Exclusion[],
): Contradictions {
  const width = labels.length;
  const isBroken = new Uint8Array(ids.length);
  const broken = exclusions.map((exclusion) => {
    const columns = labelColumns('contradictions', exclusion.map(labelOf), labels);
    const shown = exclusion.map((trait) => (typeof trait === 'string' ? 1 : 0));
    let count = 0;
    for (let row = 0; row < ids.length; row++) {
      let traits = 0;
      for (const [at, column] of columns.entries()) {
        const cell = row * width + column;
        if (y[cell] === shown[at] && known?.[cell] !== 0) traits++;
      }
      if (traits < 2) continue;
      isBroken[row] = 1;
      count++;
    }
    return { traits: exclusion, count };
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
        .map(({ traits, count }) => `  ${shown(count).padStart(9)}  ${traits.map(nameOf).join(' and ')}`);
      return [
        `${shown(rows.length)} of ${shown(ids.length)} rows have labels that exclude each other`,
        ...lines,
      ].join('\n');
    },
  };
}

function nameOf(trait: Trait): string {
  return typeof trait === 'string' ? trait : `not ${trait.not}`;
}
