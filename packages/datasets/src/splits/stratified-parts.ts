import { type RandomGenerator, shuffledRows } from '../random/random-generator';
import { labelLists } from '../subsets/label-lists';
import { lacking, moveUnit, type PartCounts } from './part-counts';

/** Shares are fractions of whole numbers; positives are whole. */
const ROUNDING = 1e-6;

/**
 * Deals rows out to the open parts by iterative stratification (Sechidis, Tsoumakas & Vlahavas, "On the Stratification
 * of Multi-Label Data", 2011): the label with the fewest rows left goes first, and each of its rows to the part that
 * lacks most of it; of equal ones to that which lacks most rows. Rows without labels go where rows lack. A label's last
 * positives go to the parts that lack their least number of them.
 *
 * @returns the part of every row; `parts` has been filled
 */
export function stratifiedParts(
  parts: PartCounts,
  y: Uint8Array,
  open: readonly number[],
  random: RandomGenerator,
): Uint8Array {
  const { width, count } = parts.units;
  const labelCount = width - 1;
  const { starts, columns } = labelLists(y, count, labelCount);
  const order = shuffledRows(count, random);
  const partOf = new Uint8Array(count);
  const dealt = new Uint8Array(count);
  const left = Int32Array.from(parts.units.totals);
  const empty = new Set(open);
  let undealt = count;
  const deal = (row: number, column: number) => {
    // the last rows go to parts without rows, so that no part stays empty if there are few labels
    const choice = empty.size >= undealt && empty.size > 0 ? [...empty] : open;
    undealt--;
    // the remaining rows of the label go to parts that lack the least number, as soon as they are needed there
    const missing = open.map((part) =>
      lacking(parts, part * width + column, parts.excess[part * width + column]),
    );
    const isNeeded = missing.reduce((sum, count) => sum + count, 0) >= left[column] - ROUNDING;
    const short = choice.filter((part) => missing[open.indexOf(part)] > ROUNDING);
    const candidates = column < labelCount && isNeeded && short.length > 0 ? short : choice;
    let best = candidates[0];
    for (const part of candidates) {
      const lacks = parts.excess[part * width + column] - parts.excess[best * width + column];
      const lacksRows = parts.excess[part * width + labelCount] - parts.excess[best * width + labelCount];
      if (lacks < 0 || (lacks === 0 && lacksRows < 0)) best = part;
    }
    empty.delete(best);
    partOf[row] = best;
    dealt[row] = 1;
    moveUnit(parts, row, best, 1);
    for (let i = starts[row]; i < starts[row + 1]; i++) left[columns[i]]--;
  };
  for (;;) {
    let rarest = -1;
    for (let column = 0; column < labelCount; column++) {
      if (left[column] > 0 && (rarest === -1 || left[column] < left[rarest])) rarest = column;
    }
    if (rarest === -1) break;
    for (const row of order) if (!dealt[row] && y[row * labelCount + rarest] === 1) deal(row, rarest);
  }
  for (const row of order) if (!dealt[row]) deal(row, labelCount);
  return partOf;
}
