import type { AvataaarsChoice } from './avataaars-parts';
import { mix, skinToneOf } from './colours';
import { pick } from './pick';
import type { Traits } from './sample-traits';

/** The ends of avataaars' mouths, in their own coordinates; avataaars itself draws no lips. */
const OUTLINES: Partial<Record<AvataaarsChoice['mouth'], string>> = {
  smile: 'M35 13.5H73A19 19 0 0 1 35 13.5Z',
  default: 'M40 15H68A14 14 0 0 1 40 15Z',
  tongue: 'M29 13.5H79C77 39 31 39 29 13.5Z',
  twinkle: 'M40 16C43 26 65 26 68 16',
  serious: 'M44 21H64',
  sad: 'M41 27C45 15 63 15 67 27C58 22 50 22 41 27Z',
  concerned: 'M35 31A19 19 0 0 1 73 31Z',
  screamOpen: 'M34 40C36 4 72 4 74 40Z',
};

/** Lips around the mouth: thin and skin-coloured, full, or painted. They belong under the mouth itself. */
export function drawLips({ attributes, look }: Traits, mouth: AvataaarsChoice['mouth']): string {
  const outline = OUTLINES[mouth];
  if (outline === undefined) return '';
  const paint = pick(['c4122f', 'd81b60', '8e1b3a', 'e0245e', 'b0123b', 'a3195b'], look.lipstick);
  const natural = mix(skinToneOf(attributes, look), 'b04a4c', 0.65);
  const thickness = (attributes.Big_Lips ? 15 : 5) + (attributes.Wearing_Lipstick ? 1.5 : 0);
  // A line needs as much again as the bar that avataaars draws over it.
  const width = mouth === 'serious' || mouth === 'twinkle' ? thickness + 6 : thickness;
  const colour = attributes.Wearing_Lipstick ? paint : natural;
  return (
    `<g transform="translate(78 134)"><path d="${outline}" fill="none" stroke="#${colour}" stroke-width="${width}" ` +
    `stroke-linejoin="round" stroke-linecap="round"/></g>`
  );
}
