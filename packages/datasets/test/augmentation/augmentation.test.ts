import { describe, expect, it } from 'vitest';
import { type AugmentOptions, augmentation } from '../../src/augmentation/augmentation';
import { augmentationText } from '../../src/augmentation/augmentation-text';

describe('augmentation', () => {
  it('is undefined when nothing is asked for', () => {
    expect(augmentation({})).toBeUndefined();
    expect(augmentation({ flip: false, zoom: 0, erasing: 0, randAugment: false })).toBeUndefined();
    expect(augmentation({ erasing: { probability: 0 }, randAugment: { operations: 0 } })).toBeUndefined();
  });

  it('fills in the papers’ values', () => {
    expect(augmentation({ erasing: 0.25, randAugment: true })).toMatchObject({
      erasing: { probability: 0.25, area: [0.02, 0.33], aspect: [0.3, 3.3], fill: 'noise' },
      randAugment: { operations: 2, magnitude: 9 },
    });
  });

  it('says itself in a line', () => {
    const all = augmentation({ flip: true, hue: 0.1, brightness: 0.2, erasing: 0.5, randAugment: true });
    expect(augmentationText(all!)).toBe('flip, brightness ±0.2, hue ±0.1, erasing of 50%, RandAugment(2, 9)');
  });

  it.each<[AugmentOptions, string]>([
    [{ rotation: 10 }, 'expected rotation as a fraction of a full turn in [0, 0.5]; received 10. 10° is'],
    [{ rotation: -0.1 }, 'rotation'],
    [{ zoom: 1 }, 'zoom as a fraction in [0, 1)'],
    [{ zoom: Number.NaN }, 'zoom'],
    [{ translation: 1.1 }, 'translation'],
    [{ brightness: 2 }, 'brightness as how far the factor may be from 1'],
    [{ hue: 0.6 }, 'hue as a fraction of the colour circle'],
    [{ erasing: 1.5 }, 'erasing.probability in [0, 1]; received 1.5'],
    [{ erasing: { area: [0.5, 0.1] } }, 'erasing.area'],
    [{ erasing: { aspect: [0, 1] } }, 'erasing.aspect'],
    [{ erasing: { fill: [0, 0, 256] } }, 'erasing.fill as [red, green, blue]'],
    [{ randAugment: { operations: 1.5 } }, 'randAugment.operations'],
    [{ randAugment: { magnitude: 31 } }, 'randAugment.magnitude in [0, 30]; received 31'],
  ])('refuses %o', (options, message) => {
    expect(() => augmentation(options)).toThrow(`augment: expected ${message.replace('expected ', '')}`);
  });
});
