import { rowsOfGroups } from '../reports/report-by-group';
import type { RandomIntegers } from './random-integers';

/**
 * How often each row was drawn, in a few resamples side by side. The count of a row in resample `lane` is at
 * row · lanes + lane. A byte is enough: a row is drawn once on average, and practically never more than 255
 * times.
 */
export type DrawnCounts = Uint8Array;

/** Draws as many rows as there are, with replacement, and adds to the counts of one lane. */
export type RowDrawer = (counts: DrawnCounts, lane: number, lanes: number) => void;

/** @param strata the group of each row; each group then keeps its number of rows */
export function rowDrawer(
  random: RandomIntegers,
  rows: number,
  strata: ArrayLike<string | number | boolean> | undefined,
): RowDrawer {
  if (strata === undefined) {
    return (counts, lane, lanes) => {
      for (let draw = 0; draw < rows; draw++) counts[random(rows) * lanes + lane]++;
    };
  }
  const groups = Array.from(rowsOfGroups(strata), ([, members]) => Uint32Array.from(members));
  return (counts, lane, lanes) => {
    for (const group of groups) {
      for (let draw = 0; draw < group.length; draw++) counts[group[random(group.length)] * lanes + lane]++;
    }
  };
}
