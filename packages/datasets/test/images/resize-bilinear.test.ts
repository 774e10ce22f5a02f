import { resizeBilinear } from '@thawjs/images';
import { describe, expect, it } from 'vitest';
import jpegs from '../fixtures/jpegs.json';
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
      // half a level is the rounding, and the fixture has three digits
      for (let i = 0; i < out.length; i++) expect(Math.abs(out[i] - expected[i])).toBeLessThan(0.5006);
    },
  );

  it.each(jpegs.simple)(
    "gives TensorFlow's floats to the last bit, of the JPEG $name",
    ({ pixels, floats }) => {
      const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'));
      const image = { data: Float32Array.from(bytes(pixels)), width: jpegs.width, height: jpegs.height };
      const expected = new Float32Array(bytes(floats).buffer);
      const size = jpegs.size as [number, number];
      expect(resizeBilinear(image, size, new Float32Array(expected.length))).toEqual(expected);
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
