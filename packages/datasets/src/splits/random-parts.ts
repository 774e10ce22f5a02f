import { type RandomGenerator, shuffledRows } from '../random/random-generator';

/** The part of every row, drawn row by row; the sizes are the fractions', rounded. */
export function randomParts(
  rowCount: number,
  fractions: readonly number[],
  random: RandomGenerator,
): Uint8Array {
  const order = shuffledRows(rowCount, random);
  const partOf = new Uint8Array(rowCount);
  let start = 0;
  let share = 0;
  fractions.forEach((fraction, part) => {
    share += fraction;
    const end = part === fractions.length - 1 ? rowCount : Math.round(rowCount * share);
    for (; start < end; start++) partOf[order[start]] = part;
  });
  return partOf;
}
