import { rowsOfGroups } from '../report/rows-of-groups';
import type { RandomIntegers } from './random-integers';

/** Draws as many rows as there are, with replacement: how often each is drawn, written over `counts`. */
export type RowDrawer = (counts: Uint16Array) => void;

/** @param strata what each row belongs to: each group then keeps its number of rows */
export function rowDrawer(
  random: RandomIntegers,
  rows: number,
  strata: ArrayLike<string | number | boolean> | undefined,
): RowDrawer {
  const groups =
    strata === undefined ? [] : Array.from(rowsOfGroups(strata), ([, members]) => Uint32Array.from(members));
  return (counts) => {
    counts.fill(0);
    if (strata === undefined) for (let draw = 0; draw < rows; draw++) counts[random(rows)]!++;
    for (const group of groups) {
      for (let draw = 0; draw < group.length; draw++) counts[group[random(group.length)]!]!++;
    }
  };
}
