/** Draws one number in [0, 1), 32 bits of it, and moves on. */
type RandomStream = () => number;

/**
 * An independent stream of random numbers for each list of keys. The same keys always give the same numbers.
 *
 * The keys are hashed (FNV-1a with an avalanche of murmur3) into the state of sfc32 (Chris Doty-Humphrey, PractRand),
 * so that image 7 looks the same in a set of ten and in a set of ten thousand, drawn in any order.
 */
export function randomStream(...keys: readonly (string | number)[]): RandomStream {
  const text = keys.join('\u0000');
  let a = hash(text, 0x9e3779b9);
  let b = hash(text, 0x243f6a88);
  let c = hash(text, 0xb7e15162);
  let counter = 1;
  const next: RandomStream = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

function hash(text: string, basis: number): number {
  let h = basis | 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
