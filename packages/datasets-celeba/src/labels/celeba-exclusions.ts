import type { Exclusion } from '@thawjs/datasets';

const HAIR_COLOURS = ['Black_Hair', 'Blond_Hair', 'Brown_Hair', 'Gray_Hair'] as const;

/**
 * CelebA's labels that exclude each other by what they mean: two hair colours, bald and hair of a colour, straight and wavy,
 * no beard and one of some kind, a beard on a woman.
 *
 * A receding hairline goes with bald, and sideburns and a shadow with no beard. Of the 202,599 images 5,791 have such a pair.
 */
export const celebAExclusions: readonly Exclusion[] = [
  HAIR_COLOURS,
  ...HAIR_COLOURS.map((colour) => ['Bald', colour]),
  ['Straight_Hair', 'Wavy_Hair'],
  ...['Goatee', 'Mustache'].map((beard) => ['No_Beard', beard]),
  [{ not: 'Male' }, { not: 'No_Beard' }],
];
