import type { RandomGenerator } from './random-generator';

/** The numbers 0 to `count` − 1 in random order (Fisher–Yates). */
export function shuffledRows(count: number, random: RandomGenerator): Int32Array {
  const rows = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const j = Math.floor(random() * (i + 1));
    rows[i] = rows[j];
    rows[j] = i;
  }
  return rows;
}
