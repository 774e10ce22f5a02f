import { both } from './draw-skin';
import { pick } from './pick';
import type { Traits } from './sample-traits';

/** Earrings, drawn over the hair. */
export function drawEarrings({ attributes, look }: Traits): string {
  if (!attributes.Wearing_Earrings) return '';
  const metal = pick(['f2c230', 'e8eaf0', 'd4145a', '18a999'], (look.earrings * 3) % 1);
  const edge = 'stroke="#3a2a10" stroke-width="1.2"';
  return both(
    pick(
      [
        `<circle cx="69" cy="146" r="11" fill="none" stroke="#3a2a10" stroke-width="6"/><circle cx="69" cy="146" r="11" fill="none" stroke="#${metal}" stroke-width="4"/>`,
        `<circle cx="69" cy="134" r="6.5" fill="#${metal}" ${edge}/><circle cx="67.5" cy="132" r="2" fill="#fff" fill-opacity=".8"/>`,
        `<path d="M69 132L76 150L69 164L62 150Z" fill="#${metal}" ${edge}/><circle cx="69" cy="131" r="3.5" fill="#${metal}" ${edge}/>`,
      ],
      look.earrings,
    ),
  );
}

/** Necklaces and neckties, drawn over the clothes. */
export function drawNeckwear({ attributes, look }: Traits): string {
  return (
    (attributes.Wearing_Necktie ? necktie(look.necktie) : '') +
    (attributes.Wearing_Necklace ? necklace(look.necklace) : '')
  );
}

function necktie(uniform: number): string {
  const colour = pick(['a3122a', '1d3f8a', '1c1c22', '2d6a4f', '6a1b7a', 'c46a12'], uniform);
  const stripe = pick(['ffffff', 'f2c230'], (uniform * 7) % 1);
  return (
    `<path d="M106 200L132 222L158 200L166 212L146 236L132 224L118 236L98 212Z" fill="#fff"/>` +
    `<path d="M122 216H142L146 230L140 238H124L118 230Z" fill="#${colour}"/>` +
    `<path d="M124 238H140L150 290H114Z" fill="#${colour}"/>` +
    `<path d="M121 250L144 243M119 264L147 255M117 278L150 268" stroke="#${stripe}" stroke-width="3" stroke-opacity=".7"/>`
  );
}

function necklace(uniform: number): string {
  const colour = pick(['f2c230', 'f7f3ea', 'd7dae2', 'c2185b', '0f9d8a'], (uniform * 5) % 1);
  const curve = 'M101 197C104 234 160 234 163 197';
  const chain =
    `<path d="${curve}" fill="none" stroke="#2a1c10" stroke-opacity=".6" stroke-width="5.5"/>` +
    `<path d="${curve}" fill="none" stroke="#${colour}" stroke-width="3.8"/>`;
  if (uniform < 0.5) {
    return `${chain}<path d="M132 224L141 234L132 247L123 234Z" fill="#${colour}" stroke="#2a1c10" stroke-width="1.4"/>`;
  }
  return (
    `<path d="${curve}" fill="none" stroke="#2a1c10" stroke-opacity=".7" stroke-width="10" stroke-dasharray=".1 9.5" stroke-linecap="round"/>` +
    `<path d="${curve}" fill="none" stroke="#${colour}" stroke-width="8" stroke-dasharray=".1 9.5" stroke-linecap="round"/>`
  );
}
