import type { Exclusion } from '@thawjs/datasets';

const HAIR_COLOURS = ['Black_Hair', 'Blond_Hair', 'Brown_Hair', 'Gray_Hair'] as const;

/**
 * CelebA's labels that exclude each other by what they mean: two hair colours, bald and hair of a colour or a shape, straight
 * and wavy, no beard and one of some kind.
 *
 * A receding hairline goes with bald, and sideburns and a shadow with no beard. Of the 202,599 images 5,670 have such a pair.
 */
export const celebAExclusions: readonly Exclusion[] = [
  HAIR_COLOURS,
  ...[...HAIR_COLOURS, 'Straight_Hair', 'Wavy_Hair', 'Bangs'].map((label) => ['Bald', label]),
  ['Straight_Hair', 'Wavy_Hair'],
  ...['Goatee', 'Mustache'].map((label) => ['No_Beard', label]),
];
