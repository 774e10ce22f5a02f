import { randomStream } from './random-stream';

const BLOCK = 64;

/**
 * A number in [0, 1) for row `index` of a column named by `keys`, spread evenly over every 64 successive rows.
 *
 * Latin hypercube sampling (McKay, Beckman and Conover 1979) in blocks: each block of 64 rows takes each of the 64
 * sixty-fourths of [0, 1) once, in an order shuffled by block and column. Plain draws would leave a test split of a
 * few dozen identities without one bald head in a third of the seeds; this way a 2 % class is there in every block.
 * The value depends on nothing but `keys` and `index`.
 */
export function stratifiedUniform(index: number, ...keys: readonly (string | number)[]): number {
  const block = Math.floor(index / BLOCK);
  const random = randomStream('stratified', ...keys, block);
  const cells = Uint8Array.from({ length: BLOCK }, (_, i) => i);
  for (let i = BLOCK - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const cell = cells[i]!;
    cells[i] = cells[j]!;
    cells[j] = cell;
  }
  const row = index % BLOCK;
  return (cells[row]! + randomStream('jitter', ...keys, index)()) / BLOCK;
}
