import { type Attributes, CELEBA_ATTRIBUTES, type CelebaAttribute, MARGINALS } from './attributes';
import { randomStream } from './random-stream';
import { stratifiedUniform } from './stratified-uniform';

/** Share of positives among men; the women's share follows from it and the marginal. Values in the manner of CelebA. */
const SHARE_OF_MEN: Partial<Record<CelebaAttribute, number>> = {
  Arched_Eyebrows: 0.06,
  Bags_Under_Eyes: 0.34,
  Bangs: 0.08,
  Big_Lips: 0.16,
  Big_Nose: 0.42,
  Bushy_Eyebrows: 0.24,
  Chubby: 0.1,
  Eyeglasses: 0.12,
  Heavy_Makeup: 0,
  Pale_Skin: 0.02,
  Pointy_Nose: 0.17,
  Receding_Hairline: 0.13,
  Rosy_Cheeks: 0.01,
  Smiling: 0.4,
  Straight_Hair: 0.23,
  Wavy_Hair: 0.15,
  Wearing_Earrings: 0.03,
  Wearing_Hat: 0.08,
  Wearing_Necklace: 0.02,
  Wearing_Necktie: 0.165,
};

/**
 * How much of a trait belongs to the person (1: every image of an identity has it alike) and how much to the moment
 * (0, the default: each image anew).
 */
const CONSTANCY: Partial<Record<CelebaAttribute, number>> = {
  Arched_Eyebrows: 0.7,
  Bags_Under_Eyes: 0.7,
  Bangs: 0.8,
  Big_Lips: 1,
  Big_Nose: 1,
  Black_Hair: 1,
  Bushy_Eyebrows: 1,
  Chubby: 1,
  Double_Chin: 0.9,
  Eyeglasses: 0.5,
  Goatee: 0.6,
  Heavy_Makeup: 0.6,
  High_Cheekbones: 0.5,
  Male: 1,
  Narrow_Eyes: 0.6,
  Pale_Skin: 1,
  Pointy_Nose: 1,
  Receding_Hairline: 1,
  Sideburns: 0.6,
  Straight_Hair: 0.9,
  Wearing_Earrings: 0.4,
  Wearing_Lipstick: 0.6,
  Young: 1,
};

/** Facial hair of men, by kind; the shares add up to CelebA's 5_o_Clock_Shadow, Goatee and No_Beard. */
const BEARDS = [
  { share: 0.06, beard: 'full' },
  { share: 0.18, beard: 'shadow' },
  { share: 0.09, beard: 'shadow and goatee' },
  { share: 0.065, beard: 'goatee' },
] as const;

/**
 * The labels of one image, from nothing but the seed, the identity and the image's number (both counted from 0).
 *
 * Marginals follow {@link MARGINALS}; the rarest traits are drawn first and sex and age from them (a bald head is
 * nearly always a man's, grey hair rarely young), the rest given sex. What can't be together never is: one hair colour
 * or none, hidden by a hat and absent on a bald head; beards on men only; either necktie or necklace.
 */
export function sampleAttributes(seed: number, identity: number, image: number): Attributes {
  /** One draw by attribute: the person's own, or the moment's. */
  const uniform = (attribute: CelebaAttribute): number => {
    const ofPerson = randomStream(seed, 'constancy', attribute, image)() < (CONSTANCY[attribute] ?? 0);
    return ofPerson
      ? stratifiedUniform(identity, seed, 'identity', attribute)
      : stratifiedUniform(image, seed, 'image', attribute);
  };
  const has = (attribute: CelebaAttribute, share: number): boolean => uniform(attribute) < share;

  const bald = isBald(seed, identity);
  const colour = hairColour(uniform('Black_Hair'));
  const male = has('Male', shareOfMenGiven(bald, colour));
  const given = (attribute: CelebaAttribute): number => shareGivenSex(attribute, male);

  const hat = !bald && has('Wearing_Hat', given('Wearing_Hat'));
  const receding = !bald && has('Receding_Hairline', given('Receding_Hairline') / (male ? 0.87 : 0.97));
  const young = has('Young', shareOfYoungGiven({ bald, gray: colour === 'Gray_Hair', receding, male }));

  // A receding hairline has its own cut of hair; shares are of those whose hair can be seen.
  const styled = !hat && !bald && !receding;
  const shareStyled = male ? 0.76 : 0.94;
  const texture = uniform('Straight_Hair');
  const straight = given('Straight_Hair') / shareStyled;
  const wavy = given('Wavy_Hair') / shareStyled;

  const beard = male ? pickBeard(uniform('Goatee')) : 'none';
  const moustacheShare = { full: 1, 'shadow and goatee': 0.15, goatee: 0.2, shadow: 0.02, none: 0.02 }[beard];
  const sideburnShare = { full: 1, 'shadow and goatee': 0.2, goatee: 0.2, shadow: 0.1, none: 0.06 }[beard];

  const makeup = !male && has('Heavy_Makeup', given('Heavy_Makeup'));
  const lipstick = has('Wearing_Lipstick', male ? 0.005 : makeup ? 0.97 : 0.48);
  const smiling = has('Smiling', given('Smiling'));
  const chubby = has('Chubby', given('Chubby'));
  const necktie = has('Wearing_Necktie', given('Wearing_Necktie'));

  const positive: Partial<Record<CelebaAttribute, boolean>> = {
    '5_o_Clock_Shadow': beard === 'shadow' || beard === 'shadow and goatee',
    Arched_Eyebrows: has('Arched_Eyebrows', given('Arched_Eyebrows')),
    Bags_Under_Eyes: has('Bags_Under_Eyes', given('Bags_Under_Eyes')),
    Bald: bald,
    Bangs: styled && has('Bangs', given('Bangs') / shareStyled),
    Big_Lips: has('Big_Lips', given('Big_Lips')),
    Big_Nose: has('Big_Nose', given('Big_Nose')),
    Blurry: has('Blurry', MARGINALS.Blurry),
    Bushy_Eyebrows: has('Bushy_Eyebrows', given('Bushy_Eyebrows')),
    Chubby: chubby,
    Double_Chin: has('Double_Chin', chubby ? 0.45 : 0.025),
    Eyeglasses: has('Eyeglasses', given('Eyeglasses')),
    Goatee: beard === 'goatee' || beard === 'shadow and goatee',
    Heavy_Makeup: makeup,
    High_Cheekbones: has('High_Cheekbones', smiling ? 0.66 : 0.27),
    Male: male,
    Mouth_Slightly_Open: has('Mouth_Slightly_Open', smiling ? 0.74 : 0.24),
    Mustache: male && has('Mustache', moustacheShare),
    Narrow_Eyes: has('Narrow_Eyes', MARGINALS.Narrow_Eyes),
    No_Beard: beard === 'none',
    Pale_Skin: has('Pale_Skin', given('Pale_Skin')),
    Pointy_Nose: has('Pointy_Nose', given('Pointy_Nose')),
    Receding_Hairline: receding && !hat,
    Rosy_Cheeks: has('Rosy_Cheeks', given('Rosy_Cheeks')),
    Sideburns: male && has('Sideburns', sideburnShare),
    Smiling: smiling,
    Straight_Hair: styled && texture < straight,
    Wavy_Hair: styled && texture >= straight && texture < straight + wavy,
    Wearing_Earrings: has('Wearing_Earrings', given('Wearing_Earrings')),
    Wearing_Hat: hat,
    Wearing_Lipstick: lipstick,
    Wearing_Necklace: !necktie && has('Wearing_Necklace', given('Wearing_Necklace')),
    Wearing_Necktie: necktie,
    Young: young,
    ...(colour !== undefined && !hat && !bald ? { [colour]: true } : {}),
  };
  return Object.fromEntries(CELEBA_ATTRIBUTES.map((name) => [name, positive[name] ?? false])) as Attributes;
}

/**
 * The rarest label that belongs to a person. Steps of the golden ratio hit an interval of 2.2 % at least once in any
 * 55 rows (the three-gap theorem), so that even the test split of 2,000 images has a bald head in it.
 */
function isBald(seed: number, identity: number): boolean {
  const start = randomStream(seed, 'first bald head')();
  return (start + identity * 0.6180339887498949) % 1 < MARGINALS.Bald;
}

type HairColour = 'Gray_Hair' | 'Blond_Hair' | 'Black_Hair' | 'Brown_Hair';

/** The person's natural colour, or undefined for red and dyed hair, which CelebA has no label for. */
function hairColour(uniform: number): HairColour | undefined {
  const visible = (1 - MARGINALS.Wearing_Hat) * (1 - MARGINALS.Bald);
  let rest = uniform * visible;
  for (const colour of ['Gray_Hair', 'Blond_Hair', 'Black_Hair', 'Brown_Hair'] as const) {
    if (rest < MARGINALS[colour]) return colour;
    rest -= MARGINALS[colour];
  }
  return undefined;
}

function shareOfMenGiven(bald: boolean, colour: HairColour | undefined): number {
  if (bald) return 0.98;
  if (colour === 'Gray_Hair') return 0.85;
  if (colour === 'Blond_Hair') return 0.1;
  const others = 1 - MARGINALS.Bald - MARGINALS.Gray_Hair - MARGINALS.Blond_Hair;
  const left =
    MARGINALS.Male - 0.98 * MARGINALS.Bald - 0.85 * MARGINALS.Gray_Hair - 0.1 * MARGINALS.Blond_Hair;
  return left / others;
}

function shareOfYoungGiven(person: {
  bald: boolean;
  gray: boolean;
  receding: boolean;
  male: boolean;
}): number {
  if (person.gray) return 0.1;
  if (person.bald) return 0.3;
  if (person.receding) return 0.45;
  return person.male ? 0.75 : 0.9;
}

function shareGivenSex(attribute: CelebaAttribute, male: boolean): number {
  const marginal = MARGINALS[attribute];
  const ofMen = SHARE_OF_MEN[attribute] ?? marginal;
  return male ? ofMen : (marginal - MARGINALS.Male * ofMen) / (1 - MARGINALS.Male);
}

function pickBeard(uniform: number): (typeof BEARDS)[number]['beard'] | 'none' {
  let rest = uniform;
  for (const { share, beard } of BEARDS) {
    if (rest < share) return beard;
    rest -= share;
  }
  return 'none';
}
