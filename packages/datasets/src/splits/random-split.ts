import { randomGenerator } from '../random/random-generator';
import { shuffledRows } from '../random/shuffled-rows';
import type { SplitFractions } from './split-options';

/** The part (0, 1, 2) of every row, drawn row by row; the sizes are the fractions', rounded. */
export function randomSplit(
  rowCount: number,
  { train, validation }: SplitFractions,
  seed: number,
): Uint8Array {
  const parts = new Uint8Array(rowCount).fill(2);
  const firstTest = Math.round(rowCount * (train + validation));
  const firstValidation = Math.round(rowCount * train);
  shuffledRows(rowCount, randomGenerator(seed)).forEach((row, i) => {
    parts[row] = i < firstValidation ? 0 : i < firstTest ? 1 : 2;
  });
  return parts;
}
