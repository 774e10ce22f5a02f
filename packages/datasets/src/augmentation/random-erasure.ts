import type { Erasure } from '../pixels/erase';
import type { RandomGenerator } from '../random/random-generator';
import type { RandomErasing } from './augmentation';

const ATTEMPTS = 10;

/** The rectangle to erase in an image, drawn as by torchvision's `RandomErasing`; none if ten drawn rectangles don't fit. */
export function randomErasure(
  { probability, area, aspect, fill }: RandomErasing,
  { width, height }: { readonly width: number; readonly height: number },
  random: RandomGenerator,
): Erasure | undefined {
  if (random() >= probability) return undefined;
  const between = ([least, most]: readonly [number, number]) => least + (most - least) * random();
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const pixels = between(area) * width * height;
    const ratio = Math.exp(between([Math.log(aspect[0]), Math.log(aspect[1])]));
    const tall = Math.round(Math.sqrt(pixels * ratio));
    const wide = Math.round(Math.sqrt(pixels / ratio));
    if (tall > height || wide > width) continue;
    return {
      top: Math.floor(random() * (height - tall + 1)),
      left: Math.floor(random() * (width - wide + 1)),
      height: tall,
      width: wide,
      fill: fill === 'noise' ? random() * 2 ** 32 : fill,
    };
  }
  return undefined;
}
