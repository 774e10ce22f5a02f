import { describe, expect, it } from 'vitest';
import { type AugmentOptions, augmentation } from '../../src/augmentation/augmentation';
import { drawVariation } from '../../src/augmentation/draw-variation';
import { randomErasure } from '../../src/augmentation/random-erasure';
import { randomOperations } from '../../src/augmentation/random-operations';
import { randomGenerator } from '../../src/random/random-generator';

const SIZE = { width: 100, height: 60 };
const draws = (options: AugmentOptions, count = 4000) =>
  Array.from({ length: count }, (_, i) =>
    drawVariation(augmentation(options)!, { seed: 1, epoch: 0, id: `${i}` }, SIZE),
  );

describe('drawVariation', () => {
  it('moves nothing for colours alone, and colours nothing for moves alone', () => {
    for (const { map, operations } of draws({ brightness: 0.2, hue: 0.1 }, 20)) {
      expect(map).toBeUndefined();
      expect(operations.map(([name]) => name)).toEqual(['brightness', 'hue']);
    }
    for (const { map, operations, erasure } of draws({ rotation: 0.1 }, 20)) {
      expect(map).toBeDefined();
      expect([operations, erasure]).toEqual([[], undefined]);
    }
  });

  it('draws an image’s turn alike whatever else is on', () => {
    const alone = draws({ rotation: 0.1 }, 5).map(({ map }) => map);
    expect(draws({ rotation: 0.1, contrast: 0.4, erasing: 0.5 }, 5).map(({ map }) => map)).toEqual(alone);
  });

  it('draws factors uniformly about 1', () => {
    const factors = draws({ contrast: 0.4 }).map(({ operations }) => operations[0][1]);
    expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.6);
    expect(Math.min(...factors)).toBeLessThan(0.601);
    expect(Math.max(...factors)).toBeLessThan(1.4);
    expect(Math.max(...factors)).toBeGreaterThan(1.399);
  });

  it('erases its share of the images, inside the picture, within its areas', () => {
    const erasures = draws({ erasing: 0.25 }).flatMap(({ erasure }) => (erasure ? [erasure] : []));
    expect(Math.abs(erasures.length - 1000)).toBeLessThan(100);
    for (const { left, top, width, height } of erasures) {
      expect(left >= 0 && top >= 0 && left + width <= 100 && top + height <= 60).toBe(true);
      expect((width * height) / 6000).toBeGreaterThan(0.017);
      expect((width * height) / 6000).toBeLessThan(0.34);
    }
  });

  it('leaves out an erasure that fits nowhere', () => {
    const tall = { probability: 1, area: [0.9, 0.9], aspect: [50, 50], fill: 'noise' } as const;
    expect(randomErasure(tall, SIZE, randomGenerator(0))).toBeUndefined();
  });
});

describe('randomOperations', () => {
  it('draws every operation of the paper, equally often', () => {
    const random = randomGenerator(5);
    const counts = new Map<string, number>();
    for (let i = 0; i < 14_000; i++) {
      const { map, operations } = randomOperations({ operations: 1, magnitude: 9 }, SIZE, random);
      const name = operations[0]?.[0] ?? (map ? 'geometry' : 'identity');
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    // shear and shift in either direction, and rotation
    expect(counts.get('geometry')! / 5000).toBeCloseTo(1, 1);
    counts.delete('geometry');
    expect(counts.size).toBe(9);
    for (const count of counts.values()) expect(count / 1000).toBeCloseTo(1, 0);
  });

  it('has torchvision’s amounts at magnitude 9 of 30', () => {
    const random = randomGenerator(5);
    const amounts = new Map<string, Set<number>>();
    for (let i = 0; i < 2000; i++) {
      for (const [name, amount] of randomOperations({ operations: 2, magnitude: 9 }, SIZE, random)
        .operations) {
        amounts.set(name, (amounts.get(name) ?? new Set()).add(Number(amount.toFixed(6))));
      }
    }
    const sorted = (name: string) => [...amounts.get(name)!].sort((a, b) => a - b);
    for (const name of ['brightness', 'saturation', 'contrast', 'sharpness']) {
      expect(sorted(name)).toEqual([0.73, 1.27]);
    }
    expect(sorted('posterize')).toEqual([7]);
    expect(sorted('solarize')).toEqual([178.5]);
  });
});
