import { describe, expect, it } from 'vitest';
import { applyOperation, type PixelOperation } from '../../src/pixels/apply-operation';
import fixture from '../fixtures/pixels.json';

const EXACT = new Set(['posterize', 'solarize', 'autoContrast', 'equalize']);

describe('applyOperation', () => {
  it.each(fixture.cases)(
    'gives what Pillow, or TensorFlow for hues, gives for $operation',
    ({ operation, size, image, expected }) => {
      const [height, width] = size as [number, number];
      const data = Uint8Array.from(image);
      applyOperation({ data, width, height }, operation as unknown as PixelOperation);
      const difference = Math.max(...expected.map((value, i) => Math.abs(value - data[i])));
      // Pillow's enhancers cut the fraction off where we round
      const allowed = EXACT.has(operation[0] as string) ? 0 : operation[0] === 'hue' ? 0.502 : 1;
      expect(difference).toBeLessThanOrEqual(allowed);
    },
  );

  it('turns red to green to blue to red by a third of the circle each', () => {
    const data = Uint8Array.from([200, 10, 10]);
    const image = { data, width: 1, height: 1 };
    const seen = Array.from({ length: 3 }, () => {
      applyOperation(image, ['hue', 1 / 3]);
      return [...data];
    });
    expect(seen).toEqual([
      [10, 200, 10],
      [10, 10, 200],
      [200, 10, 10],
    ]);
  });
});
