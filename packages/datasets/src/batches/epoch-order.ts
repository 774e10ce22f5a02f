import { hashText } from '../random/hash-text';
import { randomGenerator } from '../random/random-generator';
import { shuffledRows } from '../random/shuffled-rows';

/** The order of the rows of a shuffled pass: another one each epoch. */
export function epochOrder(
  rows: number,
  { seed = 0, epoch = 0 }: { seed?: number; epoch?: number },
): Int32Array {
  return shuffledRows(rows, randomGenerator(seed, epoch, hashText('order')));
}
