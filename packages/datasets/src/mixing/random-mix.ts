import type { VariationKey } from '../augmentation/draw-variation';
import { randomBeta } from '../bundled-libraries';
import { hashText, randomGenerator } from '../random/random-generator';

/** How one image is mixed with another. */
export interface Mix {
  /** Mixes `other` into `own`; returns λ, the share of its own that is left. */
  blend(own: Uint8Array, other: Uint8Array): number;
}

const NOT_AT_ALL: Mix = { blend: () => 1 };

/** Draws how one image of this size is mixed, from (seed, epoch, id) alone. */
export function randomMix(
  {
    mixup,
    cutmix,
    probability,
  }: { readonly mixup: number; readonly cutmix: number; readonly probability: number },
  { seed, epoch, id }: VariationKey,
  [height, width]: readonly [height: number, width: number],
): Mix {
  const random = randomGenerator(seed, epoch, hashText(`mix of ${id}`));
  if (random() >= probability) return NOT_AT_ALL;
  const cut = random() < (cutmix > 0 ? (mixup > 0 ? 0.5 : 1) : 0);
  const alpha = cut ? cutmix : mixup;
  const lambda = randomBeta.source(random)(alpha, alpha)();
  if (!cut) return { blend: (own, other) => blended(own, other, lambda) };
  // A rectangle with the image's proportions around a random point, cut at the image's edges.
  const side = Math.sqrt(1 - lambda);
  const [top, bottom] = within(random() * height, side * height, height);
  const [left, right] = within(random() * width, side * width, width);
  return {
    blend: (own, other) => {
      for (let y = top; y < bottom; y++) {
        const row = y * width;
        own.set(other.subarray((row + left) * 3, (row + right) * 3), (row + left) * 3);
      }
      return 1 - ((bottom - top) * (right - left)) / (height * width);
    },
  };
}

function blended(own: Uint8Array, other: Uint8Array, lambda: number): number {
  for (let i = 0; i < own.length; i++) own[i] = lambda * own[i] + (1 - lambda) * other[i] + 0.5;
  return lambda;
}

function within(middle: number, length: number, size: number): [start: number, end: number] {
  const start = Math.max(Math.round(middle - length / 2), 0);
  return [start, Math.max(start, Math.min(Math.round(middle + length / 2), size))];
}
