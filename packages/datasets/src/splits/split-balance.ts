import { positiveCounts } from '../labels/positive-counts';
import { takeMatrixRows } from '../records/take-rows';
import { groupNumbers } from './group-numbers';

/** How evenly the rows of a split are divided. */
export interface SplitBalance {
  /** How the rows were divided: `'group'`, `'stratified'`, `'official'` or `'random'`. */
  readonly by: string;
  /** The rows of each part, by its name. */
  readonly rows: Readonly<Record<string, number>>;
  /**
   * The largest deviation of a label's share of a part from its share of all rows, relative to the latter, and where:
   * 0.02 is a label of 10% of all rows that 9.8% or 10.2% of a part have. 0 without a positive.
   */
  readonly largestDeviation: { readonly value: number; readonly part: string; readonly label: string };
  /**
   * The labels' distribution as Sechidis et al. (2011) measure it: the mean, over parts and labels, of the difference of the
   * odds of a label in the part and in all rows. Infinity if a part has a label in every row, and the whole doesn't.
   */
  readonly labelDistance: number;
  /** Labels that have positives, and none in a part that has rows, with each such part. */
  readonly missing: readonly { readonly label: string; readonly part: string }[];
  /** Groups that are in more than one part; undefined without groups. */
  readonly crossingGroups: number | undefined;
  /** All of it in a few lines. */
  toString(): string;
}

const MOST_SHOWN = 5;

/** Measures a division; empty parts are left out. */
export function splitBalance(
  {
    y,
    labels,
    groups,
  }: {
    readonly y: Uint8Array;
    readonly labels: readonly string[];
    readonly groups?: Int32Array | readonly string[];
  },
  by: string,
  names: readonly string[],
  rows: readonly Int32Array[],
): SplitBalance {
  const width = labels.length;
  const parts = names.map((name, i) => ({ name, rows: rows[i] })).filter((part) => part.rows.length > 0);
  const total = parts.reduce((sum, part) => sum + part.rows.length, 0);
  const counts = parts.map((part) => positiveCounts(takeMatrixRows(y, width, part.rows), width));
  const all = labels.map((_, column) => counts.reduce((sum, count) => sum + count[column], 0));
  let worst = { value: 0, part: '', label: '' };
  let distance = 0;
  let measured = 0;
  labels.forEach((label, column) => {
    const positives = all[column];
    if (positives === 0 || positives === total) return;
    measured++;
    const odds = positives / (total - positives);
    parts.forEach((part, i) => {
      const count = counts[i][column];
      const value = Math.abs(count / part.rows.length / (positives / total) - 1);
      if (value > worst.value) worst = { value, part: part.name, label };
      distance += Math.abs(count / (part.rows.length - count) - odds) / parts.length;
    });
  });
  const missing = labels.flatMap((label, column) =>
    parts.flatMap(({ name }, i) =>
      all[column] > 0 && counts[i][column] === 0 ? [{ label, part: name }] : [],
    ),
  );
  const crossing = groups && crossingGroups(groups, rows);
  return {
    by,
    rows: Object.fromEntries(names.map((name, i) => [name, rows[i].length])),
    largestDeviation: worst,
    labelDistance: measured === 0 ? 0 : distance / measured,
    missing,
    crossingGroups: crossing,
    toString() {
      const sizes = Object.entries(this.rows).map(
        ([name, count]) => `${name} ${count.toLocaleString('en-US')}`,
      );
      const { value, part, label } = this.largestDeviation;
      return [
        `split by ${by}: ${sizes.join(', ')}`,
        value === 0
          ? 'every label has its share of every part'
          : `labels deviate by up to ${(100 * value).toFixed(2)}% (${label} in ${part}); distance ${this.labelDistance.toFixed(5)}`,
        ...(crossing === undefined
          ? []
          : [
              crossing === 0
                ? 'no group is in two parts'
                : `${crossing.toLocaleString('en-US')} groups are in two parts or more`,
            ]),
        ...(missing.length === 0 ? [] : [`no positive of ${missingText(missing)}`]),
      ].join('\n');
    },
  };
}

/** The first labels that miss a part, and how many more there are. */
function missingText(missing: SplitBalance['missing']): string {
  const shown = missing.slice(0, MOST_SHOWN).map(({ label, part }) => `${label} in ${part}`);
  const more = missing.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function crossingGroups(groups: Int32Array | readonly string[], rows: readonly Int32Array[]): number {
  const { numbers, count } = groupNumbers(groups);
  const partOf = new Int16Array(count).fill(-1);
  const crosses = new Uint8Array(count);
  rows.forEach((ofPart, part) => {
    for (const row of ofPart) {
      const group = numbers[row];
      if (partOf[group] !== -1 && partOf[group] !== part) crosses[group] = 1;
      partOf[group] = part;
    }
  });
  return crosses.reduce((sum, value) => sum + value, 0);
}
