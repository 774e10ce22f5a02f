import { describe, expect, it } from 'vitest';
import { mersenneTwister } from '../../src/random/mersenne-twister';
import { weightedChoice } from '../../src/random/weighted-choice';
import fixture from '../fixtures/draws.json';

describe('mersenneTwister', () => {
  it.each(fixture.streams)(
    'gives numpy’s numbers of seed $seed from number $skip on',
    ({ seed, skip, expected }) => {
      const random = mersenneTwister(seed);
      for (let i = 0; i < skip; i++) random();
      expect(expected.map(() => random())).toEqual(expected);
    },
  );
});

describe('weightedChoice', () => {
  it.each(fixture.choices)(
    'draws $count without replacement as numpy does with seed $seed',
    ({ seed, weights, count, expected }) => {
      const drawn = weightedChoice(Float64Array.from(weights), count, mersenneTwister(seed));
      expect([...drawn]).toEqual(expected);
    },
  );
});
