import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SyntheticFacesOptionError } from '../../src/synthetic-faces/errors';
import { planIdentities } from '../../src/synthetic-faces/plan-identities';

describe('planIdentities', () => {
  it('gives every person 1–8 images in a row, and all of them to one split', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer(), (count, seed) => {
        const plan = planIdentities(count, seed);
        expect(plan).toHaveLength(count);
        const byIdentity = new Map<number, (typeof plan)[number][]>();
        for (const row of plan) byIdentity.set(row.identity, [...(byIdentity.get(row.identity) ?? []), row]);
        expect([...byIdentity.keys()]).toEqual(Array.from({ length: byIdentity.size }, (_, i) => i + 1));
        for (const images of byIdentity.values()) {
          expect(images.length).toBeLessThanOrEqual(8);
          expect(new Set(images.map(({ partition }) => partition)).size).toBe(1);
        }
        const partitions = plan.map(({ partition }) => partition);
        expect(partitions).toEqual(partitions.toSorted());
        if (byIdentity.size >= 3) expect(new Set(partitions)).toEqual(new Set([0, 1, 2]));
      }),
    );
  });

  it('splits about 80, 10 and 10 % of the images', () => {
    const plan = planIdentities(2000, 42);
    const shares = [0, 1, 2].map(
      (split) => plan.filter(({ partition }) => partition === split).length / 2000,
    );
    expect(shares[0]).toBeCloseTo(0.8, 1);
    expect(shares[1]).toBeCloseTo(0.1, 2);
    expect(shares[2]).toBeCloseTo(0.1, 2);
  });

  it('puts the same person on image i whatever the count', () => {
    const few = planIdentities(50, 3).map(({ identity }) => identity);
    const many = planIdentities(500, 3).map(({ identity }) => identity);
    expect(many.slice(0, 50)).toEqual(few);
  });

  it.each([
    [100, 13],
    [100, 40],
    [100, 100],
    [1, 1],
  ])('shares %i images among exactly %i persons when told to', (count, identities) => {
    const plan = planIdentities(count, 5, identities);
    expect(plan).toHaveLength(count);
    expect(plan.at(-1)!.identity).toBe(identities);
  });

  it.each([
    [100, 12],
    [100, 101],
    [100, 20.5],
    [100, Number.NaN],
  ])('refuses to share %i images among %d persons, and says what would do', (count, identities) => {
    expect(() => planIdentities(count, 5, identities)).toThrow(SyntheticFacesOptionError);
    expect(() => planIdentities(count, 5, identities)).toThrow('expected identities between 13 and 100');
  });
});
