import { type Selection, selectionDeviation, takeRow } from './selection';
import { distanceFrom, relativeSpread, type SubsetObjective } from './subset-objective';

/** Relative to the score: nearer to its bound a search need not come. */
const NEAR = 1e-3;
const ROUNDS = 8;

/**
 * Leads exchanges out of a local minimum: they go by the distance from one number of positives for every label, then by the
 * score again; several numbers are tried. A result stays if its score is lower, or equal with more positives.
 *
 * @param exchange exchanges rows of the selection for as long as the objective improves, and tells how many
 * @returns how many exchanges were made
 */
export function refineByLevels(
  selection: Selection,
  bound: number,
  exchange: (objective: SubsetObjective) => number,
): number {
  const { labelCount } = selection;
  let steps = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const score = selectionDeviation(selection);
    const isNear = !(score - bound > NEAR * score);
    // where balance is perfect there may still be one with more positives
    if (isNear && score !== 0) break;
    const level = Math.round(selection.squares / selection.sum);
    let improved = false;
    for (const shift of isNear ? [1, 2] : [0, 1, -1, 2, -2]) {
      const rows = takenRows(selection);
      const [sum, value] = [selection.sum, relativeSpread.value(selection.sum, selection.squares)];
      steps += exchange(distanceFrom(level + shift, labelCount)) + exchange(relativeSpread);
      const now = relativeSpread.value(selection.sum, selection.squares);
      if (now < value || (now === value && selection.sum > sum)) improved = true;
      else restore(selection, rows);
    }
    if (!improved) break;
  }
  return steps;
}

function takenRows({ taken }: Selection): Int32Array {
  return Int32Array.from({ length: taken.length }, (_, row) => row).filter((row) => taken[row] === 1);
}

function restore(selection: Selection, rows: Int32Array): void {
  const wanted = new Uint8Array(selection.taken.length);
  for (const row of rows) wanted[row] = 1;
  for (let row = 0; row < wanted.length; row++) {
    if (selection.taken[row] === 1 && wanted[row] === 0) takeRow(selection, row, -1);
  }
  for (const row of rows) if (selection.taken[row] === 0) takeRow(selection, row, 1);
}
