import { describe, expect, it } from 'vitest';
import { type AugmentOptions, augmentation } from '../../src/augmentation/augmentation';
import { randomTransform } from '../../src/augmentation/random-transform';
import { randomGenerator } from '../../src/random/random-generator';

const chosen = (options: AugmentOptions) => augmentation(options)!;
const ALL = chosen({ flip: true, rotation: 0.05, zoom: 0.1, translation: 0.2 });
const draws = (epoch = 0, seed = 0) =>
  Array.from({ length: 4000 }, (_, i) => randomTransform(ALL, randomGenerator(seed, epoch, i)));

describe('randomTransform', () => {
  it('stays inside its ranges and reaches near their ends', () => {
    const angles = draws().map(({ angle }) => angle / (2 * Math.PI));
    const scales = draws().map(({ scale }) => scale);
    expect(Math.max(...angles)).toBeGreaterThan(0.0499);
    expect(Math.max(...angles)).toBeLessThan(0.05);
    expect(Math.min(...angles)).toBeGreaterThanOrEqual(-0.05);
    expect(Math.min(...scales)).toBeLessThan(0.901);
    expect(Math.min(...scales)).toBeGreaterThanOrEqual(0.9);
    expect(Math.max(...scales)).toBeLessThan(1.1);
    for (const shifts of [draws().map(({ right }) => right), draws().map(({ down }) => down)]) {
      expect(Math.max(...shifts)).toBeGreaterThan(0.199);
      expect(Math.max(...shifts)).toBeLessThan(0.2);
      expect(Math.min(...shifts)).toBeGreaterThanOrEqual(-0.2);
    }
  });

  it('mirrors half of the images', () => {
    const mirrored = draws().filter((transform) => transform.mirrored).length;
    expect(Math.abs(mirrored - 2000)).toBeLessThan(150);
  });

  it('draws anew for another epoch, seed or image, and the same for the same', () => {
    expect(draws(1)).not.toEqual(draws(0));
    expect(draws(0, 1)).not.toEqual(draws(0, 0));
    expect(draws(3, 5)).toEqual(draws(3, 5));
    expect(new Set(draws().map(({ angle }) => angle)).size).toBeGreaterThan(3990);
  });

  it('draws the same angle whether or not there is a flip or a zoom', () => {
    const stream = () => randomGenerator(1, 2, 3);
    const alone = randomTransform(chosen({ rotation: 0.05 }), stream());
    expect(alone.angle).toBe(randomTransform(ALL, stream()).angle);
    expect([alone.mirrored, alone.scale]).toEqual([false, 1]);
  });
});
