import { describe, expect, it } from 'vitest';
import { augmentation } from '../../src/augmentation/augmentation';
import { randomTransform } from '../../src/augmentation/random-transform';

const ALL = { flip: true, rotation: 0.05, zoom: 0.1 };
const draws = (epoch = 0, seed = 0) =>
  Array.from({ length: 4000 }, (_, i) => randomTransform(ALL, { seed, epoch, id: `${i}.jpg` }));

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
  });

  it('mirrors half of the images', () => {
    const mirrored = draws().filter((transform) => transform.mirrored).length;
    expect(Math.abs(mirrored - 2000)).toBeLessThan(150);
  });

  it('draws anew for another epoch, seed or id, and the same for the same', () => {
    expect(draws(1)).not.toEqual(draws(0));
    expect(draws(0, 1)).not.toEqual(draws(0, 0));
    expect(draws(3, 5)).toEqual(draws(3, 5));
    expect(new Set(draws().map(({ angle }) => angle)).size).toBeGreaterThan(3990);
  });

  it('draws the same angle whether or not there is a flip or a zoom', () => {
    const key = { seed: 1, epoch: 2, id: 'a.jpg' };
    const alone = randomTransform({ flip: false, rotation: 0.05, zoom: 0 }, key);
    expect(alone.angle).toBe(randomTransform(ALL, key).angle);
    expect([alone.mirrored, alone.scale]).toEqual([false, 1]);
  });
});

describe('augmentation', () => {
  it('is undefined when nothing is asked for', () => {
    expect(augmentation({})).toBeUndefined();
    expect(augmentation({ flip: false, zoom: 0 })).toBeUndefined();
  });

  it.each([{ rotation: 10 }, { rotation: -0.1 }, { zoom: 1 }, { zoom: Number.NaN }])(
    'refuses %o',
    (options) => {
      expect(() => augmentation(options)).toThrow(/augment: expected (rotation|zoom) as a fraction/);
    },
  );
});
