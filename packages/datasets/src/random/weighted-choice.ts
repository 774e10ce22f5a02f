import type { RandomGenerator } from './random-generator';

/**
 * Draws `count` numbers from 0 to weights.length − 1 without replacement, as numpy's `RandomState.choice(n, count,
 * replace=False, p=weights)` does: each round draws as many as are missing by the cumulative weights, keeps the first of
 * each, and sets the weights of those to 0.
 *
 * @param weights from 0, at least `count` of them above 0; they need not add up to 1
 * @returns the numbers in the order of drawing
 */
export function weightedChoice(weights: Float64Array, count: number, random: RandomGenerator): Int32Array {
  const left = weights.slice();
  const found = new Int32Array(count);
  const cumulated = new Float64Array(weights.length);
  const drawn = new Uint8Array(weights.length);
  let size = 0;
  while (size < count) {
    const numbers = Float64Array.from({ length: count - size }, random);
    let sum = 0;
    for (let i = 0; i < left.length; i++) cumulated[i] = sum += left[i];
    for (let i = 0; i < cumulated.length; i++) cumulated[i] /= sum;
    for (const number of numbers) {
      const choice = firstAbove(cumulated, number);
      if (drawn[choice]) continue;
      drawn[choice] = 1;
      left[choice] = 0;
      found[size++] = choice;
    }
  }
  return found;
}

/** The index of the first value above `limit`, by bisection. */
function firstAbove(ascending: Float64Array, limit: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
