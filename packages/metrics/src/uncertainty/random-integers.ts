/** Uniform integers from 0 below a bound. */
export type RandomIntegers = (bound: number) => number;

/**
 * A seeded source of uniform integers: the generator sfc32 (Doty-Humphrey's small fast counting generator,
 * PractRand), whose state is filled from the seed. Scaling 32 bits to a bound has a bias below bound / 2^32.
 */
export function randomIntegers(seed: number): RandomIntegers {
  let [a, b, c, counter] = [seed | 0, Math.floor(seed / 2 ** 32) | 0, 0x9e3779b9 | 0, 1];
  const next = () => {
    const out = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + out;
    return out >>> 0;
  };
  for (let round = 0; round < 15; round++) next();
  return (bound) => Math.floor((next() / 2 ** 32) * bound);
}
