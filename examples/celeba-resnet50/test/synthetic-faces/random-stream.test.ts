import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/synthetic-faces/random-stream';

describe('randomStream', () => {
  it('gives the same numbers for the same keys, whatever else was drawn', () => {
    const first = randomStream(42, 'skin', 7);
    randomStream(42, 'hair', 7)();
    const second = randomStream(42, 'skin', 7);
    for (let i = 0; i < 100; i++) expect(second()).toBe(first());
  });

  it('gives other numbers for other keys, and keeps keys apart where they only join up alike', () => {
    const firsts = [
      [42, 'skin', 7],
      [42, 'skin', 8],
      [43, 'skin', 7],
      [4, '2skin', 7],
      ['42', 's', 'kin', 7],
    ].map((keys) => randomStream(...keys)());
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it('is uniform over [0, 1) within a stream and across the first numbers of streams', () => {
    const random = randomStream('uniform');
    const within = Array.from({ length: 10_000 }, random);
    const across = Array.from({ length: 10_000 }, (_, i) => randomStream('uniform', i)());
    for (const draws of [within, across]) {
      const tenths = new Array<number>(10).fill(0);
      for (const draw of draws) tenths[Math.floor(draw * 10)]++;
      // 1000 expected, standard deviation 30.
      for (const tally of tenths) expect(Math.abs(tally - 1000)).toBeLessThan(135);
    }
  });
});
