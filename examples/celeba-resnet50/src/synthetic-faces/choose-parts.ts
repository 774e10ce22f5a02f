import type { Attributes } from './attributes';
import type { AvataaarsChoice } from './avataaars-parts';
import { hairColourOf, skinToneOf } from './colours';
import { pick } from './pick';
import type { Look, Traits } from './sample-traits';

const CLOTHES = [
  '262e33',
  '65c9ff',
  '5199e4',
  '25557c',
  'e6e6e6',
  '929598',
  '3c4f5c',
  'b1e2ff',
  'a7ffc4',
  'ffafb9',
].concat(['ffffb1', 'ff488e', 'ff5c5c', 'ffffff', '6b8e4e', '7b4b94']);
const FRAMES = ['262e33', '25557c', '3c4f5c', '6b2d1f', '111111', '7a3b69'];

const MOUTHS = {
  smilingOpen: ['smile', 'smile', 'default', 'tongue'],
  smilingClosed: ['twinkle'],
  open: ['concerned', 'screamOpen'],
  closed: ['serious', 'sad'],
} as const;

const HAIR = {
  straight: {
    men: ['shortFlat', 'shortFlat', 'straight02'],
    women: ['straight01', 'straight02', 'bob', 'straight01', 'straight02'],
  },
  wavy: {
    men: ['shortWaved', 'shortCurly', 'curly'],
    women: ['curly', 'curvy', 'curly', 'curvy', 'shortWaved'],
  },
  other: {
    men: ['shortRound', 'theCaesar', 'dreads01', 'shortRound', 'frizzle'],
    women: ['bun', 'fro', 'dreads', 'bun', 'dreads02'],
  },
} as const;

/** The parts of avataaars that a face's labels call for; where several do, the look decides. */
export function chooseParts({ attributes, look }: Traits): AvataaarsChoice {
  return {
    skinColor: skinToneOf(attributes, look),
    hairColor: hairColourOf(attributes, look),
    hatColor: pick(CLOTHES, look.hatColour),
    clothesColor: pick(CLOTHES, look.clothesColour),
    accessoriesColor: pick(FRAMES, look.glassesColour),
    clothingGraphic: pick(['bat', 'bear', 'deer', 'diamond', 'pizza', 'skullOutline'], look.graphic),
    clothing: clothingOf(attributes, look),
    mouth: mouthOf(attributes, look),
    eyes: attributes.Narrow_Eyes
      ? pick(['squint', 'happy', 'squint'], look.eyes)
      : pick(['surprised', 'default', 'side'], look.eyes),
    eyebrows: browsOf(attributes, look),
    top: topOf(attributes, look),
    facialHair: facialHairOf(attributes, look),
    accessories: attributes.Eyeglasses ? glassesOf(attributes, look) : undefined,
  };
}

function clothingOf(attributes: Attributes, look: Look): AvataaarsChoice['clothing'] {
  if (attributes.Wearing_Necktie) return 'blazerAndShirt';
  // Nothing that looks like a tie or hides the neck where a necklace could hang.
  return pick(
    ['shirtCrewNeck', 'shirtScoopNeck', 'shirtVNeck', 'graphicShirt', 'overall', 'blazerAndShirt'],
    look.clothing,
  );
}

function mouthOf(attributes: Attributes, look: Look): AvataaarsChoice['mouth'] {
  const open = attributes.Mouth_Slightly_Open;
  if (attributes.Smiling) return pick(open ? MOUTHS.smilingOpen : MOUTHS.smilingClosed, look.mouth);
  return pick(open ? MOUTHS.open : MOUTHS.closed, look.mouth);
}

function browsOf(attributes: Attributes, look: Look): AvataaarsChoice['eyebrows'] {
  return attributes.Arched_Eyebrows
    ? pick(['raisedExcited', 'raisedExcitedNatural'], look.brows)
    : pick(['defaultNatural', 'sadConcerned', 'angry', 'frownNatural', 'sadConcernedNatural'], look.brows);
}

function topOf(attributes: Attributes, look: Look): AvataaarsChoice['top'] {
  if (attributes.Wearing_Hat)
    return pick(['hat', 'winterHat1', 'winterHat02', 'winterHat03', 'winterHat04', 'turban'], look.hat);
  if (attributes.Bald || attributes.Receding_Hairline)
    return attributes.Bald && look.hairStyle < 0.5 ? 'sides' : undefined;
  const texture = attributes.Straight_Hair ? 'straight' : attributes.Wavy_Hair ? 'wavy' : 'other';
  return pick<AvataaarsChoice['top']>(HAIR[texture][attributes.Male ? 'men' : 'women'], look.hairStyle);
}

function facialHairOf(attributes: Attributes, look: Look): AvataaarsChoice['facialHair'] {
  const shortBeard = attributes.Goatee || attributes['5_o_Clock_Shadow'];
  if (!attributes.No_Beard && !shortBeard)
    return pick(['beardLight', 'beardMedium', 'beardMajestic'], look.beard);
  return attributes.Mustache ? pick(['moustacheFancy', 'moustacheMagnum'], look.moustache) : undefined;
}

function glassesOf(attributes: Attributes, look: Look): AvataaarsChoice['accessories'] {
  // Dark glasses would hide what these labels promise to show.
  const eyesMatter = attributes.Narrow_Eyes || attributes.Bags_Under_Eyes || attributes.Heavy_Makeup;
  if (!eyesMatter && look.glasses > 0.85) return look.glasses > 0.925 ? 'sunglasses' : 'wayfarers';
  return pick(['prescription01', 'prescription02', 'round'], (look.glasses * 7) % 1);
}
