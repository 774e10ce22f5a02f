import { describe, expect, it } from 'vitest';
import { randomGenerator, shuffledRows } from '../../src/random/random-generator';

const take = (count: number, random: () => number) => Array.from({ length: count }, random);

describe('randomGenerator', () => {
  it('gives the same stream for the same keys, and stays what it is from release to release', () => {
    expect(take(5, randomGenerator(1, 2, 3))).toEqual(take(5, randomGenerator(1, 2, 3)));
    expect(take(3, randomGenerator(42)).map((value) => value * 2 ** 32)).toMatchInlineSnapshot(`
      [
        3011021589,
        3960382089,
        1547270628,
      ]
    `);
  });

  it.each([
    [0, 0, 1],
    [0, 1, 0],
    [1, 0, 0],
    [2 ** 31, 0, 0],
  ])('gives another stream for the neighbouring keys %i, %i, %i', (seed, stream, substream) => {
    const same = take(64, randomGenerator(0, 0, 0));
    const other = take(64, randomGenerator(seed, stream, substream));
    expect(other.filter((value, i) => value === same[i])).toEqual([]);
  });

  it('fills [0, 1) evenly, also over the first numbers of neighbouring streams', () => {
    const buckets = new Int32Array(10);
    for (let seed = 0; seed < 10_000; seed++) buckets[Math.floor(randomGenerator(seed)() * 10)]++;
    for (const count of buckets) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe('shuffledRows', () => {
  it('is a permutation', () => {
    const rows = shuffledRows(100, randomGenerator(0));
    expect([...rows].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it('puts every row first about as often', () => {
    const first = new Int32Array(5);
    for (let seed = 0; seed < 5000; seed++) first[shuffledRows(5, randomGenerator(seed))[0]]++;
    for (const count of first) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
