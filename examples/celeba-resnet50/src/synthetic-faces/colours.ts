import type { Attributes } from './attributes';
import { pick } from './pick';
import type { Look } from './sample-traits';

const PALE = ['fdeee6', 'fbe8e0', 'fff1ea'];
const TONES = [
  'f3c8a0',
  'edb98a',
  'e3a878',
  'd89b68',
  'd08b5b',
  'b9774a',
  'ae5d29',
  '8d5030',
  '614335',
  'f0c08c',
];

const BLACK = ['17120f', '1f1a1a', '14161c'];
const BROWN = ['5f3d26', '6b4528', '724a2e', '7d5233'];
const BLOND = ['d6b370', 'e3c27a', 'efd48c', 'cfa75c'];
const GRAY = ['9b9da1', 'b4b6b9', 'c9cbce', 'dededf'];
/** Red and dyed: the third of CelebA that none of its four colours covers. */
const UNNAMED = ['b5401f', 'c93305', 'a3312b', 'f59797', '5b7fb8', '7a4fa3', '4d9078'];

/** Six hex digits for the skin: pale, or one of ten tones that clearly aren't. */
export function skinToneOf(attributes: Attributes, look: Look): string {
  return pick(attributes.Pale_Skin ? PALE : TONES, look.skinTone);
}

/** Six hex digits for hair and beard. */
export function hairColourOf(attributes: Attributes, look: Look): string {
  const { Black_Hair, Brown_Hair, Blond_Hair, Gray_Hair } = attributes;
  const shades = Black_Hair ? BLACK : Brown_Hair ? BROWN : Blond_Hair ? BLOND : Gray_Hair ? GRAY : UNNAMED;
  return pick(shades, look.hairShade);
}

/** A mix of two colours: share 0 gives `from`, share 1 gives `to`. */
export function mix(from: string, to: string, share: number): string {
  const channel = (hex: string, i: number): number => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return [0, 1, 2]
    .map((i) => Math.round(channel(from, i) * (1 - share) + channel(to, i) * share))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('');
}
