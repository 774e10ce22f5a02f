import { randomGenerator } from '../../src/random/random-generator';
import type { DatasetRecords } from '../../src/records/dataset-records';

/** Made-up rows with labels of 50%, 20% and 5%, in groups of very different sizes. */
export function madeTable(rows: number, groups: number, seed = 0) {
  const random = randomGenerator(seed);
  return {
    ids: Array.from({ length: rows }, (_, row) => `${row}.jpg`),
    labels: ['a', 'b', 'c'],
    y: Uint8Array.from({ length: rows * 3 }, (_, i) => (random() < [0.5, 0.2, 0.05][i % 3] ? 1 : 0)),
    groups: Int32Array.from({ length: rows }, () => Math.floor(random() ** 2 * groups)),
    groupName: 'identity',
  } satisfies DatasetRecords;
}
