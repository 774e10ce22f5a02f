/** Gives the next number of a stream, uniform in [0, 1), with 32 random bits. */
export type RandomGenerator = () => number;

/**
 * A small random stream that is the same on every machine for the same three keys.
 *
 * It is sfc32 (Chris Doty-Humphrey, PractRand, public domain; period at least 2³²), its three words set to the
 * keys, its counter to 1, and the first 15 numbers dropped so that neighbouring keys share nothing. Keys are
 * taken modulo 2³². Not for secrets.
 *
 * @example
 * ```ts
 * import { randomGenerator } from '@thawjs/datasets';
 *
 * const random = randomGenerator(42, 0, 0);
 * const again = randomGenerator(42, 0, 0);
 * console.log(random() === again()); // true
 * ```
 */
export function randomGenerator(seed: number, stream = 0, substream = 0): RandomGenerator {
  let a = seed | 0;
  let b = stream | 0;
  let c = substream | 0;
  let counter = 1;
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** FNV-1a over the UTF-16 units of a text: a signed 32-bit number that keys a random stream by name. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

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
