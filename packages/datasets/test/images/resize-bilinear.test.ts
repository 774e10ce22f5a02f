import { resizeBilinear } from '@thawjs/images';
import { describe, expect, it } from 'vitest';
import fixture from '../fixtures/resize-and-warp.json';

describe('resizeBilinear', () => {
  it.each(fixture.resize)(
    'gives what TensorFlow gives, $from to $to, rounded',
    ({ from, to, image, expected }) => {
      const [height, width] = from as [number, number];
      const size = to as [number, number];
      const out = resizeBilinear(
        { data: Uint8Array.from(image), width, height },
        size,
        new Uint8Array(expected.length),
      );
      // half a level is the rounding; float32 in TensorFlow may tip a tie
      for (let i = 0; i < out.length; i++) expect(Math.abs(out[i] - expected[i])).toBeLessThan(0.501);
    },
  );

  it('leaves an image of the wanted size as it is', () => {
    const data = Uint8Array.from({ length: 4 * 3 * 3 }, (_, i) => (i * 37) % 256);
    expect(resizeBilinear({ data, width: 4, height: 3 }, [3, 4], new Uint8Array(36))).toEqual(data);
  });

  it('keeps white white: nothing overflows', () => {
    const data = new Uint8Array(7 * 5 * 3).fill(255);
    const out = resizeBilinear({ data, width: 7, height: 5 }, [31, 17], new Uint8Array(31 * 17 * 3));
    expect(out.every((value) => value === 255)).toBe(true);
  });
});
