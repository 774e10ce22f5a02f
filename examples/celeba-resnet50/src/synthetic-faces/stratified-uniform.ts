import { randomStream } from './random-stream';

const BLOCK = 32;

/**
 * A number in [0, 1) for row `index` of a column named by `keys`, spread evenly over every 32 successive rows.
 *
 * Latin hypercube sampling (McKay, Beckman and Conover 1979) in blocks: each block of 32 rows takes each of the 32
 * thirty-seconds of [0, 1) once, in an order shuffled by block and column. Plain draws would leave the test split of a
 * small set without grey hair in many a seed; this way 1 in 32 has it among any 63 persons in a row. Columns are
 * independent of one another, and the value depends on nothing but `keys` and `index`.
 */
export function stratifiedUniform(index: number, ...keys: readonly (string | number)[]): number {
  const random = randomStream('stratified', ...keys, Math.floor(index / BLOCK));
  const cells = Uint8Array.from({ length: BLOCK }, (_, i) => i);
  for (let i = BLOCK - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const cell = cells[i];
    cells[i] = cells[j];
    cells[j] = cell;
  }
  return (cells[index % BLOCK] + randomStream('jitter', ...keys, index)()) / BLOCK;
}
