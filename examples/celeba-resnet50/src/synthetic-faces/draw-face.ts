import { avataaarsParts } from './avataaars-parts';
import { chooseParts } from './choose-parts';
import { drawEarrings, drawNeckwear } from './draw-adornments';
import { drawBangs, drawRecedingHair, drawStubble } from './draw-hair';
import { drawLips } from './draw-lips';
import { drawNose } from './draw-nose';
import { drawEyeShadow, drawFlesh, drawLashes, drawSkin } from './draw-skin';
import type { Traits } from './sample-traits';

/**
 * A face as SVG, without background, in avataaars' coordinates: 264×280, eyes at (106, 112) and (158, 112).
 *
 * Every drawn label shows in it but Blurry, which belongs to the camera. The order is avataaars' own, our drawings
 * between its parts.
 */
export function drawFace(traits: Traits): string {
  const { attributes, look } = traits;
  const choice = chooseParts(traits);
  const parts = avataaarsParts(choice);
  const mouthDrop = -2 + 4 * look.mouthDrop;
  const head = [
    drawSkin(traits),
    around(0, mouthDrop, 1, 1, drawLips(traits, choice.mouth) + parts.mouth),
    drawNose(traits),
    around(
      0,
      0,
      0.95 + 0.1 * look.eyeSpacing,
      1,
      drawEyeShadow(traits) + eyes(traits, parts.eyes) + drawLashes(traits),
    ),
    around(0, -1.5 + 3 * look.browDrop, 1, 1, brows(attributes.Bushy_Eyebrows, parts.eyebrows)),
    drawStubble(traits),
    drawRecedingHair(traits),
    parts.top,
    drawBangs(traits),
    parts.facialHair,
    parts.accessories,
    drawEarrings(traits),
  ].join('');
  return around(
    0,
    0,
    0.95 + 0.1 * look.headWidth,
    0.97 + 0.06 * look.headHeight,
    parts.base + drawFlesh(traits) + parts.clothing + drawNeckwear(traits) + head,
  );
}

/** Narrow eyes are half as high; the rest vary a little with the person. */
function eyes({ attributes, look }: Traits, svg: string): string {
  const height = attributes.Narrow_Eyes ? 0.5 + 0.12 * look.eyeShape : 0.92 + 0.16 * look.eyeShape;
  return around(0, 0, 0.96, height, svg);
}

function brows(bushy: boolean, svg: string): string {
  return bushy
    ? `<g stroke="#000" stroke-opacity=".62" stroke-width="5" stroke-linejoin="round">${svg}</g>`
    : svg;
}

/** Moved by (dx, dy) and scaled around the point between the eyes. */
function around(dx: number, dy: number, scaleX: number, scaleY: number, svg: string): string {
  const [x, y] = [132, 112];
  const matrix = [scaleX, 0, 0, scaleY, x * (1 - scaleX) + dx, y * (1 - scaleY) + dy].map((n) =>
    n.toFixed(4),
  );
  return `<g transform="matrix(${matrix.join(' ')})">${svg}</g>`;
}
