import { labelOf } from '@thawjs/datasets';
import { describe, expect, it } from 'vitest';
import { CelebA, celebAExclusions } from '../src/index';
import { attributeNames } from '../src/labels/attribute-names';

const labels = [
  'Black_Hair',
  'Blond_Hair',
  'Bald',
  'Straight_Hair',
  'Wavy_Hair',
  'No_Beard',
  'Goatee',
  'Male',
];
const faces = (rows: readonly (readonly string[])[]) =>
  new CelebA({
    ids: rows.map((_, row) => `${row}.jpg`),
    labels,
    y: Uint8Array.from(rows.flatMap((has) => labels.map((label) => +has.includes(label)))),
  });

describe('CelebA’s contradictions', () => {
  it.each([
    [['Black_Hair', 'Blond_Hair']],
    [['Bald', 'Black_Hair']],
    [['Straight_Hair', 'Wavy_Hair', 'No_Beard']],
    [['No_Beard', 'Goatee']],
    [['Goatee']],
  ])('are found: %s', (has) => {
    expect([...faces([['Male'], has]).contradictions().rows]).toEqual([1]);
  });

  it.each([[['Black_Hair', 'Wavy_Hair', 'No_Beard']], [['Bald', 'Goatee', 'Male']], [['Male']]])(
    'are none: %s',
    (has) => {
      expect(faces([has]).contradictions().rows.length).toBe(0);
    },
  );

  it('leave with their rows, and other labels can be excluded', () => {
    const some = faces([['Male'], ['No_Beard', 'Goatee'], ['Bald', 'Male']]);
    expect(some.withoutContradictions().ids).toEqual(['0.jpg', '2.jpg']);
    expect(some.withoutContradictions([['Bald', 'Male']]).ids).toEqual(['0.jpg', '1.jpg']);
    expect(some.without('Goatee').withoutContradictions().length).toBe(3);
    expect(some.withoutContradictions()).toBeInstanceOf(CelebA);
  });

  it('are all of CelebA’s own labels', () => {
    expect(attributeNames.length).toBe(40);
    for (const trait of celebAExclusions.flat()) expect(attributeNames).toContain(labelOf(trait));
  });
});
