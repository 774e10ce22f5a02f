import { resizeBilinear } from '@thawjs/images';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transformMap } from '../../src/augmentation/transform-map';
import { warpBilinear } from '../../src/images/warp-bilinear';
import fixture from '../fixtures/resize-and-warp.json';

const IDENTITY = { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0 };

describe('warpBilinear', () => {
  it.each(fixture.affine)(
    'gives what Keras’ affine_transform gives for $map',
    ({ size, map, image, expected }) => {
      const [height, width] = size as [number, number];
      const [a, b, c, d, e, f] = map as [number, number, number, number, number, number];
      const data = Uint8Array.from(image);
      const out = new Uint8Array(expected.length);
      warpBilinear({ data, width, height }, { a, b, c, d, e, f }, [height, width], out);
      for (let i = 0; i < out.length; i++) expect(Math.abs(out[i] - expected[i])).toBeLessThan(0.51);
    },
  );

  it.each(fixture.layers)(
    'turns and scales as $layer does: $transform',
    ({ size, transform, image, expected }) => {
      const [height, width] = size as [number, number];
      const out = new Uint8Array(expected.length);
      const map = transformMap(transform, { width, height });
      warpBilinear({ data: Uint8Array.from(image), width, height }, map, [height, width], out);
      for (let i = 0; i < out.length; i++) expect(Math.abs(out[i] - expected[i])).toBeLessThan(0.51);
    },
  );

  it('with the identity is a plain resize, at any size', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(
        sizes,
        sizes,
        fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
        ([height, width], size, values) => {
          const data = new Uint8Array(height * width * 3).map(() => values.next().value as number);
          const bytes = size[0] * size[1] * 3;
          const resized = resizeBilinear({ data, width, height }, size, new Uint8Array(bytes));
          const warped = warpBilinear({ data, width, height }, IDENTITY, size, new Uint8Array(bytes));
          for (let i = 0; i < bytes; i++) expect(Math.abs(resized[i] - warped[i])).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('mirrors the pixels exactly', () => {
    const data = Uint8Array.from([1, 2, 3, 40, 50, 60, 200, 210, 220]);
    const map = transformMap({ mirrored: true, angle: 0, scale: 1 }, { width: 3, height: 1 });
    const out = warpBilinear({ data, width: 3, height: 1 }, map, [1, 3], new Uint8Array(9));
    expect([...out]).toEqual([200, 210, 220, 40, 50, 60, 1, 2, 3]);
  });

  it('fills what lies far outside by reflection, however far', () => {
    const data = Uint8Array.from([10, 10, 10, 20, 20, 20]);
    const at = (x: number) =>
      warpBilinear({ data, width: 2, height: 1 }, { ...IDENTITY, c: x }, [1, 2], new Uint8Array(6))[0];
    expect([-4, -3, -2, -1, 0, 1, 2, 3, 4, 5].map(at)).toEqual([10, 20, 20, 10, 10, 20, 20, 10, 10, 20]);
  });
});
