import { mix, skinToneOf } from './colours';
import { pick } from './pick';
import type { Traits } from './sample-traits';

/** Flesh that goes straight onto avataaars' head, under everything else: a man's jaw, full cheeks, a second chin. */
export function drawFlesh({ attributes, look }: Traits): string {
  const skin = skinToneOf(attributes, look);
  const shade = mix(skin, '000000', 0.2);
  return [
    attributes.Male
      ? `<path d="M98 168H166V206H98Z" fill="#${mix(skin, '000000', 0.1)}"/>` +
        `<path d="M76 128L79 160Q84 182 108 192L132 195L156 192Q180 182 185 160L188 128Z" fill="#${skin}"/>`
      : '',
    attributes.Chubby
      ? `<path d="M75 110C46 138 52 182 94 193C118 200 146 200 170 193C212 182 218 138 189 110Z" fill="#${skin}"/>`
      : '',
    attributes.Double_Chin
      ? `<path d="M88 178C92 214 172 214 176 178Z" fill="#${skin}"/>` +
        `<path d="M92 190C100 214 164 214 172 190" fill="none" stroke="#${shade}" stroke-width="4"/>` +
        `<path d="M106 183C116 192 148 192 158 183" fill="none" stroke="#${shade}" stroke-width="4" stroke-linecap="round"/>`
      : '',
  ].join('');
}

/** Marks of age, health and build on the skin, under mouth, nose and eyes. */
export function drawSkin({ attributes, look }: Traits): string {
  const skin = skinToneOf(attributes, look);
  const line = mix(skin, '000000', 0.45);
  // Shadows under the eyes of the darkest skins would not be seen.
  const bag = Number.parseInt(skin.slice(2, 4), 16) < 90 ? 'e6c8d8' : '4a2a4a';
  const blush = pick(['e8425f', 'f0506e', 'd93a4f'], look.blush);
  return [
    attributes.High_Cheekbones
      ? both(
          `<path d="M79 143C88 148 98 158 104 172C93 170 83 160 79 143Z" fill="#000" fill-opacity=".2"/>` +
            `<path d="M80 137C88 134 99 137 107 144C99 147 88 146 80 137Z" fill="#fff" fill-opacity=".42"/>`,
        )
      : '',
    attributes.Rosy_Cheeks
      ? both(`<ellipse cx="93" cy="144" rx="14" ry="10.5" fill="#${blush}" fill-opacity=".6"/>`)
      : '',
    attributes.Young
      ? ''
      : `<g fill="none" stroke="#${line}" stroke-width="3" stroke-linecap="round">` +
        `<path d="M110 75Q132 70 154 75M113 83Q132 79 151 83"/>` +
        both('<path d="M87 107L79 103M87 112L78 112M87 117L79 121M112 139Q102 147 101 158"/>') +
        `</g>`,
    attributes.Bags_Under_Eyes
      ? both(
          `<path d="M93 121Q106 128 119 121Q117 134 106 134Q95 134 93 121Z" fill="#${bag}" fill-opacity=".36"/>` +
            `<path d="M94 127Q106 139 118 127" fill="none" stroke="#${line}" stroke-width="2.4" stroke-linecap="round"/>`,
        )
      : '',
  ].join('');
}

/** Eye shadow under the eyes' own drawing. */
export function drawEyeShadow({ attributes, look }: Traits): string {
  if (!attributes.Heavy_Makeup) return '';
  const colour = pick(['6a3d9a', '1f78b4', '1b8a7a', 'c2388a', '4b2e83', '7a4a2a'], look.eyeShadow);
  return both(`<ellipse cx="105" cy="109" rx="22" ry="18" fill="#${colour}" fill-opacity=".68"/>`);
}

/** Lashes over the eyes: women's, and heavier ones with makeup. */
export function drawLashes({ attributes }: Traits): string {
  const eyeliner = attributes.Heavy_Makeup
    ? '<path d="M92 112C94 98 116 97 120 110" fill="none" stroke="#120c14" stroke-width="3.6" stroke-linecap="round"/>'
    : '';
  const lashes = attributes.Male
    ? ''
    : '<path d="M93 108L85 102M95 103L89 95M92 113L84 110" stroke="#1c1418" stroke-width="2.4" stroke-linecap="round"/>';
  return eyeliner + lashes === '' ? '' : both(eyeliner + lashes);
}

/** A drawing of the left half of the face, and its mirror image on the right. */
export function both(left: string): string {
  return `${left}<g transform="matrix(-1 0 0 1 264 0)">${left}</g>`;
}
