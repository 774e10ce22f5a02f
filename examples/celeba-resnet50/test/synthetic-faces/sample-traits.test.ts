import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CELEBA_ATTRIBUTES, DRAWN_ATTRIBUTES, MARGINALS } from '../../src/synthetic-faces/attributes';
import { planIdentities } from '../../src/synthetic-faces/plan-identities';
import { sampleTraits } from '../../src/synthetic-faces/sample-traits';

const COUNT = 4000;

function sampleSet(seed: number) {
  return planIdentities(COUNT, seed).map(({ identity }, image) => ({
    identity,
    ...sampleTraits(seed, identity - 1, image),
  }));
}

const set = sampleSet(42);
const share = (of: (row: (typeof set)[number]) => boolean, among = set): number =>
  among.filter(of).length / among.length;

describe('the labels of 4,000 images', () => {
  it.each(DRAWN_ATTRIBUTES)('have %s about as often as CelebA has', (attribute) => {
    // Persons, not images, are drawn anew: about 1,500 of them.
    const deviation = Math.sqrt((MARGINALS[attribute] * (1 - MARGINALS[attribute])) / 1500);
    const actual = share(({ attributes }) => attributes[attribute]);
    expect(Math.abs(actual - MARGINALS[attribute])).toBeLessThan(3 * deviation + 0.01);
  });

  it('never have an attribute that is not drawn', () => {
    const undrawn = CELEBA_ATTRIBUTES.filter((attribute) => !DRAWN_ATTRIBUTES.includes(attribute));
    expect(undrawn).toEqual(['Attractive', 'Oval_Face']);
    for (const attribute of undrawn) expect(share(({ attributes }) => attributes[attribute])).toBe(0);
  });

  it('go together as people do', () => {
    const men = set.filter(({ attributes }) => attributes.Male);
    const women = set.filter(({ attributes }) => !attributes.Male);
    const gray = set.filter(({ attributes }) => attributes.Gray_Hair);
    const smiling = set.filter(({ attributes }) => attributes.Smiling);
    const bald = set.filter(({ attributes }) => attributes.Bald);
    expect(share(({ attributes }) => attributes.Wearing_Lipstick, women)).toBeGreaterThan(0.7);
    expect(share(({ attributes }) => attributes.Wearing_Lipstick, men)).toBeLessThan(0.03);
    expect(share(({ attributes }) => attributes.Wearing_Necktie, men)).toBeGreaterThan(0.1);
    expect(share(({ attributes }) => attributes.Wearing_Necktie, women)).toBeLessThan(0.03);
    expect(share(({ attributes }) => attributes.Young, gray)).toBeLessThan(0.3);
    expect(share(({ attributes }) => attributes.Mouth_Slightly_Open, smiling)).toBeGreaterThan(0.65);
    expect(share(({ attributes }) => attributes.Male, bald)).toBeGreaterThan(0.8);
  });

  it('have positives and negatives of every drawn attribute in each split of 2,000, whatever the seed', () => {
    for (const seed of [0, 1, 2, 3, 42]) {
      const plan = planIdentities(2000, seed);
      for (const partition of [0, 1, 2]) {
        const rows = plan.flatMap(({ identity, partition: p }, image) =>
          p === partition ? [sampleTraits(seed, identity - 1, image).attributes] : [],
        );
        for (const attribute of DRAWN_ATTRIBUTES) {
          const positives = rows.filter((row) => row[attribute]).length;
          expect(positives, `${attribute}, split ${partition}, seed ${seed}`).toBeGreaterThan(0);
          expect(positives, `${attribute}, split ${partition}, seed ${seed}`).toBeLessThan(rows.length);
        }
      }
    }
  });
});

describe('sampleTraits', () => {
  it('never contradicts itself', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(100_000), fc.nat(200_000), (seed, identity, image) => {
        const { attributes: has } = sampleTraits(seed, identity, image);
        const colours = [has.Black_Hair, has.Blond_Hair, has.Brown_Hair, has.Gray_Hair].filter(
          Boolean,
        ).length;
        const hair = [has.Bangs, has.Straight_Hair, has.Wavy_Hair, has.Receding_Hairline].filter(
          Boolean,
        ).length;
        expect(colours).toBeLessThanOrEqual(1);
        expect(has.Straight_Hair && has.Wavy_Hair).toBe(false);
        if (has.Wearing_Hat) expect(colours + hair + Number(has.Bald)).toBe(0);
        if (has.Bald) expect(colours + hair + Number(has.Wearing_Hat)).toBe(0);
        if (has.Receding_Hairline) expect(hair).toBe(1);
        if (!has.Male) {
          expect([has.Goatee, has.Mustache, has.Sideburns, has['5_o_Clock_Shadow']]).not.toContain(true);
          expect(has.No_Beard).toBe(true);
        }
        if (has.Goatee || has['5_o_Clock_Shadow']) expect(has.No_Beard).toBe(false);
        // A full beard, the only kind left, comes with both.
        else if (!has.No_Beard) expect([has.Mustache, has.Sideburns]).toEqual([true, true]);
        expect(has.Wearing_Necktie && has.Wearing_Necklace).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  it('depends on seed, identity and image alone', () => {
    expect(sampleTraits(1, 2, 3)).toEqual(sampleTraits(1, 2, 3));
    expect(sampleTraits(1, 2, 3)).not.toEqual(sampleTraits(2, 2, 3));
    expect(sampleTraits(1, 2, 3)).not.toEqual(sampleTraits(1, 3, 3));
    expect(sampleTraits(1, 2, 3)).not.toEqual(sampleTraits(1, 2, 4));
  });

  it('gives a person the same sex, age, skin, nose and natural hair on every image, and other moods', () => {
    const byIdentity = new Map<number, typeof set>();
    for (const row of set) byIdentity.set(row.identity, [...(byIdentity.get(row.identity) ?? []), row]);
    for (const rows of byIdentity.values()) {
      const [first] = rows;
      for (const { attributes, look } of rows) {
        for (const stable of [
          'Male',
          'Young',
          'Pale_Skin',
          'Big_Nose',
          'Pointy_Nose',
          'Big_Lips',
          'Chubby',
        ] as const) {
          expect(attributes[stable]).toBe(first.attributes[stable]);
        }
        expect(look.skinTone).toBe(first.look.skinTone);
        expect(look.hairStyle).toBe(first.look.hairStyle);
      }
    }
    const changing = [...byIdentity.values()].filter(
      (rows) => new Set(rows.map(({ attributes }) => attributes.Smiling)).size === 2,
    );
    expect(changing.length).toBeGreaterThan(byIdentity.size / 5);
  });
});
