import type { RgbImage } from '../images/rgb-image';
import { randomGenerator } from '../random/random-generator';

/** A rectangle of an image, in pixels, and its filling. */
export interface Erasure {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Red, green and blue; or the seed of random values. */
  readonly fill: readonly [number, number, number] | number;
}

/** Fills a rectangle in place, with one colour or with noise uniform in 0–255. */
export function erase({ data, width }: RgbImage, { left, top, fill, ...size }: Erasure): void {
  const random = typeof fill === 'number' ? randomGenerator(fill) : undefined;
  for (let y = top; y < top + size.height; y++) {
    const start = (y * width + left) * 3;
    for (let i = start; i < start + size.width * 3; i++) {
      data[i] = random ? random() * 256 : (fill as readonly number[])[(i - start) % 3];
    }
  }
}
