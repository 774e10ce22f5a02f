import { hairColourOf, mix } from './colours';
import { both } from './draw-skin';
import { pick } from './pick';
import type { Traits } from './sample-traits';

/** Beards that avataaars lacks: stubble, goatee and sideburns. */
export function drawStubble({ attributes, look }: Traits): string {
  const colour = mix(hairColourOf(attributes, look), '000000', 0.12);
  const density = (0.3 + 0.12 * look.shadow).toFixed(2);
  return [
    attributes['5_o_Clock_Shadow']
      ? `<path fill-rule="evenodd" d="M76 122C80 138 86 146 100 143Q116 138 132 141Q148 138 164 143C178 146 184 138 188 122` +
        `V140A56 56 0 0 1 76 140ZM104 152Q132 143 160 152Q160 170 132 171Q104 170 104 152Z" fill="#1a1416" fill-opacity="${density}"/>`
      : '',
    attributes.Goatee
      ? `<path d="M113 172Q132 166 151 172Q154 190 144 199Q132 207 120 199Q110 190 113 172Z" fill="#${colour}"/>`
      : '',
    attributes.Sideburns
      ? both(`<path d="M75 88L84 90L87 116Q91 138 88 150Q80 150 76 136Z" fill="#${colour}"/>`)
      : '',
  ].join('');
}

/** Hair that avataaars lacks: what is left of a receding hairline, under the rest. */
export function drawRecedingHair({ attributes, look }: Traits): string {
  if (!attributes.Receding_Hairline) return '';
  return (
    `<path d="M74 108C68 52 98 27 132 27C166 27 196 52 190 108L184 106C186 84 182 62 164 42C158 44 148 50 132 57` +
    `C116 50 106 44 100 42C82 62 78 84 80 106Z" fill="#${hairColourOf(attributes, look)}"/>`
  );
}

/** A fringe over the forehead, on top of whatever hair there is. */
export function drawBangs({ attributes, look }: Traits): string {
  if (!attributes.Bangs) return '';
  const colour = hairColourOf(attributes, look);
  const shape = pick(
    [
      'M74 102C72 62 98 42 132 42S192 62 190 102L181 90L171 98L161 88L149 97L137 88L125 97L113 88L102 97L92 89L82 99Z',
      'M74 102C72 62 98 42 132 42S192 62 190 102Q184 92 178 92H86Q80 92 74 102Z',
      'M74 104C72 62 98 42 132 42S192 62 190 96Q160 96 138 86Q112 100 74 104Z',
    ],
    look.fringe,
  );
  return (
    `<path d="${shape}" fill="#${colour}"/>` +
    `<path d="M104 60L100 86M122 56L120 88M142 56L145 88M160 60L166 86" stroke="#${mix(colour, '000000', 0.3)}" ` +
    `stroke-opacity=".6" stroke-width="1.8" fill="none"/>`
  );
}
