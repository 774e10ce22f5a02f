import { avataaars } from '@dicebear/collection';
import type { Prng } from '@dicebear/core';
import { AvataaarsShapeError } from './errors';

type AvataaarsOptions = Parameters<typeof avataaars.create>[0]['options'];
type NameOf<Key extends keyof AvataaarsOptions> =
  NonNullable<AvataaarsOptions[Key]> extends readonly (infer Name)[] ? Name : never;

/** Which part of avataaars to take for each place, and its colours as six hex digits. */
export interface AvataaarsChoice {
  readonly clothing: NameOf<'clothing'>;
  readonly clothingGraphic: NameOf<'clothingGraphic'>;
  readonly mouth: NameOf<'mouth'>;
  readonly eyes: NameOf<'eyes'>;
  readonly eyebrows: NameOf<'eyebrows'>;
  readonly top?: NameOf<'top'> | undefined;
  readonly facialHair?: NameOf<'facialHair'> | undefined;
  readonly accessories?: NameOf<'accessories'> | undefined;
  readonly skinColor: string;
  readonly hairColor: string;
  readonly hatColor: string;
  readonly clothesColor: string;
  readonly accessoriesColor: string;
}

/** The SVG of each place, already moved to where it belongs on the face. */
type AvataaarsParts = Readonly<Record<'base' | (typeof PLACES)[number]['name'], string>>;

/** avataaars' own order and positions of its places, which it prints one after another. */
const PLACES = [
  { name: 'clothing', transform: 'translate(0 170)' },
  { name: 'mouth', transform: 'translate(78 134)' },
  { name: 'nose', transform: 'translate(104 122)' },
  { name: 'eyes', transform: 'translate(76 90)' },
  { name: 'eyebrows', transform: 'translate(76 82)' },
  { name: 'top', transform: 'translate(-1)' },
  { name: 'facialHair', transform: 'translate(49 72)' },
  { name: 'accessories', transform: 'translate(62 42)' },
] as const;

/**
 * The parts of a DiceBear avataaars face, one by one, in avataaars' coordinates (264×280, the face centred on x = 132),
 * so that drawings of our own can go between them: lips under the mouth, a fringe over the hair.
 *
 * @throws {AvataaarsShapeError} when the installed version prints its places otherwise than 9.4 does.
 */
export function avataaarsParts(choice: AvataaarsChoice): AvataaarsParts {
  const options: AvataaarsOptions = {
    style: ['default'],
    base: ['default'],
    nose: ['default'],
    clothing: [choice.clothing],
    clothingGraphic: [choice.clothingGraphic],
    mouth: [choice.mouth],
    eyes: [choice.eyes],
    eyebrows: [choice.eyebrows],
    top: choice.top === undefined ? [] : [choice.top],
    topProbability: 100,
    facialHair: choice.facialHair === undefined ? [] : [choice.facialHair],
    facialHairProbability: 100,
    accessories: choice.accessories === undefined ? [] : [choice.accessories],
    accessoriesProbability: 100,
    skinColor: [choice.skinColor],
    hairColor: [choice.hairColor],
    facialHairColor: [choice.hairColor],
    hatColor: [choice.hatColor],
    clothesColor: [choice.clothesColor],
    accessoriesColor: [choice.accessoriesColor],
  };
  return split(avataaars.create({ prng: FIRST, options }).body);
}

/** Every list of options above has one entry at most: nothing is left to chance. */
const FIRST: Prng = {
  seed: '',
  next: () => {},
  bool: (likelihood = 50) => likelihood === 100,
  integer: (min) => min,
  pick: <T>(list: T[], fallback?: T) => (list.length > 0 ? list[0] : fallback) as T,
  shuffle: (list) => list,
  string: () => '',
};

function split(body: string): AvataaarsParts {
  const opening = '<g transform="translate(8)">';
  const closing = '</g></g>';
  const parts: Record<string, string> = {};
  let name = 'base';
  let from = opening.length;
  for (const place of PLACES) {
    const marker = `${name === 'base' ? '' : '</g>'}<g transform="${place.transform}">`;
    const at = body.indexOf(marker, from);
    if (at < 0) throw unexpected(place.name);
    parts[name] = body.slice(from, at);
    from = at + marker.length;
    name = place.name;
  }
  if (!body.startsWith(opening) || !body.endsWith(closing)) throw unexpected('the frame');
  parts[name] = body.slice(from, -closing.length);
  for (const place of PLACES) parts[place.name] = group(place.transform, parts[place.name]);
  return parts as AvataaarsParts;
}

function group(transform: string, content: string): string {
  return content === '' ? '' : `<g transform="${transform}">${content}</g>`;
}

function unexpected(place: string): AvataaarsShapeError {
  return new AvataaarsShapeError(
    `avataaarsParts: expected the SVG of @dicebear/avataaars 9.4, where each place is a group at a known position; ` +
      `${place} was not found. Is another version of @dicebear/collection installed?`,
  );
}
