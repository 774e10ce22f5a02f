import type { RandomGenerator } from './random-generator';

const SIZE = 624;
const SHIFT = 397;

/**
 * The stream of numpy's `RandomState(seed).random_sample()`: MT19937 (Matsumoto & Nishimura, 1998), numbers in [0, 1)
 * with 53 random bits.
 *
 * @param seed a whole number from 0 to 2³² − 1
 *
 * @example
 * ```ts
 * import { mersenneTwister } from '@thawjs/datasets';
 *
 * // numpy.random.seed(42); numpy.random.rand()
 * console.log(mersenneTwister(42)()); // 0.3745401188473625
 * ```
 */
export function mersenneTwister(seed: number): RandomGenerator {
  const state = new Uint32Array(SIZE);
  state[0] = seed;
  for (let i = 1; i < SIZE; i++) {
    const previous = state[i - 1] ^ (state[i - 1] >>> 30);
    state[i] = Math.imul(previous, 1812433253) + i;
  }
  let position = SIZE;
  const twist = () => {
    for (let i = 0; i < SIZE; i++) {
      const bits = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
      state[i] = state[(i + SHIFT) % SIZE] ^ (bits >>> 1) ^ (bits & 1 ? 0x9908b0df : 0);
    }
    position = 0;
  };
  const word = () => {
    if (position === SIZE) twist();
    let bits = state[position++];
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    bits ^= bits >>> 18;
    return bits >>> 0;
  };
  return () => {
    const high = word() >>> 5;
    const low = word() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  };
}
