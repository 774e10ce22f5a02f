import type { Example } from '../src';

export const LABELS = ['Bright', 'Red'];

/** 8×8 images as pixels, some bright, some reddish: two labels that a small network can learn. */
export function tinyExamples(count: number, seed = 1): Example[] {
  let state = seed;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  return Array.from({ length: count }, (_, i) => {
    const bright = next() < 0.5;
    const red = next() < 0.4;
    const data = new Uint8Array(8 * 8 * 3);
    for (let at = 0; at < data.length; at += 3) {
      const base = (bright ? 140 : 60) + 50 * next();
      data.set([base + (red ? 50 : 0), base, base], at);
    }
    const labels = [...(bright ? ['Bright'] : []), ...(red ? ['Red'] : [])];
    return { image: { data, width: 8, height: 8 }, labels, id: `${seed}-${i}` };
  });
}
