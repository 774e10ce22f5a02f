import { positiveCounts } from '../labels/positive-counts';

/** The units of a split: rows, or groups of rows that stay together, each with its positives per label and its size. */
export interface Units {
  readonly count: number;
  /** Columns of `members`: the labels and, last, the number of rows. */
  readonly width: number;
  /** Units × width. */
  readonly members: Int32Array;
  /** Sums of the columns over all units. */
  readonly totals: Int32Array;
}

/** Every group, or every row, as a unit. */
export function unitsOf(
  y: Uint8Array,
  labelCount: number,
  rowCount: number,
  unitOfRow?: { readonly numbers: Int32Array; readonly count: number },
): Units {
  const width = labelCount + 1;
  const count = unitOfRow?.count ?? rowCount;
  const members = new Int32Array(count * width);
  for (let row = 0, i = 0; row < rowCount; row++) {
    const start = (unitOfRow?.numbers[row] ?? row) * width;
    for (let column = 0; column < labelCount; column++, i++) members[start + column] += y[i];
    members[start + labelCount]++;
  }
  const totals = new Int32Array(width);
  totals.set(positiveCounts(y, labelCount));
  totals[labelCount] = rowCount;
  return { count, width, members, totals };
}

/** How far the parts of a division are from their shares, kept up to date as units move. */
export interface PartCounts {
  readonly units: Units;
  /** Parts × width: the sum of the members' columns, less the part's share of it. */
  readonly excess: Float64Array;
  /** Parts × width: the factor that makes an excess relative to the part's share; 0 for labels that no row has. */
  readonly scale: Float64Array;
  /** Parts × width: the excess at which a part has the least number of positives that it should have. */
  readonly least: Float64Array;
}

/** The number of rows counts as this many labels do: a part's size matters more than any one label of it. */
const SIZE_WEIGHT = 2;

/**
 * Makes empty parts, one per fraction.
 *
 * @param leastPositives parts × labels, how many positives a part should have before anything else counts; default none
 */
export function emptyParts(
  units: Units,
  fractions: readonly number[],
  leastPositives?: ArrayLike<number>,
): PartCounts {
  const { width, totals } = units;
  const excess = new Float64Array(fractions.length * width);
  const scale = new Float64Array(fractions.length * width);
  const least = new Float64Array(fractions.length * width).fill(Number.NEGATIVE_INFINITY);
  fractions.forEach((fraction, part) => {
    for (let column = 0; column < width; column++) {
      const share = fraction * totals[column];
      excess[part * width + column] = -share;
      const positives = column < width - 1 ? (leastPositives?.[part * (width - 1) + column] ?? 0) : 0;
      if (positives > 0) least[part * width + column] = positives - share;
      if (share > 0) scale[part * width + column] = (column === width - 1 ? SIZE_WEIGHT : 1) / share;
    }
  });
  return { units, excess, scale, least };
}

/** How many positives of a column a part lacks of its least number, at an excess. */
export function lacking({ least }: PartCounts, cell: number, excess: number): number {
  return Math.max(least[cell] - excess, 0);
}

/** Puts a unit into a part (+1) or takes it out (−1). */
export function moveUnit({ units, excess }: PartCounts, unit: number, part: number, sign: 1 | -1): void {
  const { width, members } = units;
  for (let m = unit * width, p = part * width, end = m + width; m < end; m++, p++)
    excess[p] += sign * members[m];
}
