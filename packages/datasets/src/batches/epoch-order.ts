import { hashText, randomGenerator, shuffledRows } from '../random/random-generator';

/** The order of the rows of a shuffled pass: another one each epoch. */
export function epochOrder(
  rows: number,
  { seed = 0, epoch = 0 }: { seed?: number; epoch?: number },
): Int32Array {
  return shuffledRows(rows, randomGenerator(seed, epoch, hashText('order')));
}
