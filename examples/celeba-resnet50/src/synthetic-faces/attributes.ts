/** CelebA's 40 attributes, in the order of the official `list_attr_celeba.txt`. */
export const CELEBA_ATTRIBUTES = [
  '5_o_Clock_Shadow',
  'Arched_Eyebrows',
  'Attractive',
  'Bags_Under_Eyes',
  'Bald',
  'Bangs',
  'Big_Lips',
  'Big_Nose',
  'Black_Hair',
  'Blond_Hair',
  'Blurry',
  'Brown_Hair',
  'Bushy_Eyebrows',
  'Chubby',
  'Double_Chin',
  'Eyeglasses',
  'Goatee',
  'Gray_Hair',
  'Heavy_Makeup',
  'High_Cheekbones',
  'Male',
  'Mouth_Slightly_Open',
  'Mustache',
  'Narrow_Eyes',
  'No_Beard',
  'Oval_Face',
  'Pale_Skin',
  'Pointy_Nose',
  'Receding_Hairline',
  'Rosy_Cheeks',
  'Sideburns',
  'Smiling',
  'Straight_Hair',
  'Wavy_Hair',
  'Wearing_Earrings',
  'Wearing_Hat',
  'Wearing_Lipstick',
  'Wearing_Necklace',
  'Wearing_Necktie',
  'Young',
] as const;

export type CelebaAttribute = (typeof CELEBA_ATTRIBUTES)[number];

/** One face's labels, all 40 of them. */
export type Attributes = Readonly<Record<CelebaAttribute, boolean>>;

/** Attributes that no drawing can honestly show; they are -1 throughout a synthetic set. */
const UNDRAWN: readonly CelebaAttribute[] = ['Attractive', 'Oval_Face'];

/**
 * The attributes that the pictures really show, in CelebA's order: the ones to train on, as a class without
 * positives has no AUC.
 */
export const DRAWN_ATTRIBUTES: readonly CelebaAttribute[] = CELEBA_ATTRIBUTES.filter(
  (attribute) => !UNDRAWN.includes(attribute),
);

/**
 * Share of positives by attribute that the generator aims at: CelebA's own, rounded to the percent, the rarest more finely
 * (statistics of the 202,599 images of Liu et al., "Deep Learning Face Attributes in the Wild", ICCV 2015).
 */
export const MARGINALS: Readonly<Record<CelebaAttribute, number>> = {
  '5_o_Clock_Shadow': 0.11,
  Arched_Eyebrows: 0.27,
  Attractive: 0,
  Bags_Under_Eyes: 0.2,
  Bald: 0.022,
  Bangs: 0.15,
  Big_Lips: 0.24,
  Big_Nose: 0.24,
  Black_Hair: 0.24,
  Blond_Hair: 0.15,
  Blurry: 0.05,
  Brown_Hair: 0.21,
  Bushy_Eyebrows: 0.14,
  Chubby: 0.06,
  Double_Chin: 0.05,
  Eyeglasses: 0.07,
  Goatee: 0.06,
  Gray_Hair: 0.04,
  Heavy_Makeup: 0.39,
  High_Cheekbones: 0.46,
  Male: 0.42,
  Mouth_Slightly_Open: 0.48,
  Mustache: 0.04,
  Narrow_Eyes: 0.12,
  No_Beard: 0.83,
  Oval_Face: 0,
  Pale_Skin: 0.04,
  Pointy_Nose: 0.28,
  Receding_Hairline: 0.08,
  Rosy_Cheeks: 0.07,
  Sideburns: 0.06,
  Smiling: 0.48,
  Straight_Hair: 0.21,
  Wavy_Hair: 0.32,
  Wearing_Earrings: 0.19,
  Wearing_Hat: 0.05,
  Wearing_Lipstick: 0.47,
  Wearing_Necklace: 0.12,
  Wearing_Necktie: 0.07,
  Young: 0.77,
};
