import { mix, skinToneOf } from './colours';
import type { Traits } from './sample-traits';

/** A nose: avataaars' soft one or a pointed one, small or big. */
export function drawNose({ attributes, look }: Traits): string {
  const skin = skinToneOf(attributes, look);
  const shade = mix(skin, '000000', 0.24);
  const size = (attributes.Big_Nose ? 1.65 : 0.9) * (0.92 + 0.16 * look.noseWidth);
  const shape = attributes.Pointy_Nose
    ? `<path d="M-3 -26L-11 2L2 10L11 3Z" fill="#${shade}"/><path d="M0 -26L2 10L12 3Z" fill="#${mix(skin, 'ffffff', 0.35)}"/>`
    : `<path d="M-12 0C-12 4.4-6.6 8 0 8S12 4.4 12 0Z" fill="#${shade}"/>`;
  const nostrils = attributes.Big_Nose
    ? `<path d="M-13 3Q-17 -4 -11 -7M13 3Q17 -4 11 -7" fill="none" stroke="#${shade}" stroke-width="2.4" stroke-linecap="round"/>`
    : '';
  const drop = -2 + 4 * look.noseDrop;
  return `<g transform="translate(132 ${(129 + drop).toFixed(2)}) scale(${size.toFixed(3)})">${shape}${nostrils}</g>`;
}
