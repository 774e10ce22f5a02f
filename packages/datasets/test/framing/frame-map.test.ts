import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arcFaceTemplate } from '../../src/framing/arc-face-template';
import { cropFraming } from '../../src/framing/crop-framing';
import { frameMap } from '../../src/framing/frame-map';
import type { Framing } from '../../src/framing/framing';
import { landmarkFraming } from '../../src/framing/landmark-framing';
import { similarityMap } from '../../src/framing/similarity-map';

const IMAGE = { width: 200, height: 100 };
/** Where the middles of the first and the last pixel of the result lie in the image. */
const corners = (framing: Framing, size: readonly [number, number]) => {
  const { a, b, c, d, e, f } = frameMap(framing, IMAGE, size);
  return [
    [c, f],
    [a * (size[1] - 1) + b * (size[0] - 1) + c, d * (size[1] - 1) + e * (size[0] - 1) + f],
  ];
};

describe('frameMap', () => {
  it('covers with the largest part in the middle that has the result’s proportions', () => {
    // the middle 100 × 100, pixels 50 to 149, at its own size
    expect(corners({ kind: 'cover' }, [100, 100])).toEqual([
      [50, 0],
      [149, 99],
    ]);
    expect(corners({ kind: 'cover' }, [50, 100])).toEqual([
      [0.5, 0.5],
      [198.5, 98.5],
    ]);
  });

  it('shows a box pixel by pixel where the result has its size', () => {
    const framing = cropFraming({ left: 20, top: 30, width: 50, height: 40 }, 1);
    expect(corners(framing, [40, 50])).toEqual([
      [20, 30],
      [69, 69],
    ]);
  });

  it('brings landmarks to their places in the template', () => {
    // the template itself, turned by a quarter, doubled in size and moved
    const size = 112;
    const landmarks = arcFaceTemplate.flatMap(([x, y]) => [30 - 2 * size * y, 2 * size * x - 7]);
    const map = frameMap(landmarkFraming({ landmarks }, 1), IMAGE, [size, size]);
    arcFaceTemplate.forEach(([x, y], i) => {
      const [u, v] = [x * size - 0.5, y * size - 0.5];
      expect(map.a * u + map.b * v + map.c).toBeCloseTo(landmarks[2 * i], 3);
      expect(map.d * u + map.e * v + map.f).toBeCloseTo(landmarks[2 * i + 1], 3);
    });
  });
});

describe('similarityMap', () => {
  const number = fc.double({ min: -50, max: 50, noNaN: true });

  it('is no worse in the template’s plane than any similarity near it', () => {
    const points = fc.array(number, { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(points, points, fc.tuple(number, number, number, number), (template, landmarks, nudge) => {
        const map = similarityMap(template, landmarks);
        // towards the template: the inverse of the map
        const norm = map.a * map.a + map.d * map.d;
        fc.pre(Number.isFinite(norm) && norm > 1e-6 && norm < 1e6);
        const a = map.a / norm;
        const d = -map.d / norm;
        const x = -(a * map.c - d * map.f);
        const y = -(d * map.c + a * map.f);
        const error = (m: number[]) => {
          let sum = 0;
          for (let i = 0; i < 10; i += 2) {
            const u = m[0] * landmarks[i] - m[1] * landmarks[i + 1] + m[2] - template[i];
            const v = m[1] * landmarks[i] + m[0] * landmarks[i + 1] + m[3] - template[i + 1];
            sum += u * u + v * v;
          }
          return sum;
        };
        const best = [a, d, x, y];
        const near = best.map((value, i) => value + nudge[i] / 1000);
        expect(error(best)).toBeLessThanOrEqual(error(near) * (1 + 1e-9) + 1e-6);
      }),
    );
  });
});

describe('crop and align', () => {
  it.each([
    ['a box without area', { left: 0, top: 0, width: 0, height: 5 }, /above 0 for row 0; received left 0/],
    ['too few boxes', [0, 0, 5, 5], /four numbers a row \(left, top, width, height\), 8 in all; received 4/],
    ['a box that is not a number', [0, 0, 5, 5, 0, Number.NaN, 5, 5], /for row 1/],
    ['another word', 'fill' as 'cover', /'cover', a box or boxes; received "fill"/],
  ])('refuse %s', (_, part, message) => {
    expect(() => cropFraming(part, 2)).toThrow(message);
  });

  it.each([
    [
      'landmarks of another length',
      { landmarks: [1, 2] },
      /5 points for each row.*2 × 10 numbers; received 2/,
    ],
    ['landmarks in one place', { landmarks: new Array(20).fill(3) }, /row 0 that are not all in one place/],
    ['a template of one point', { landmarks: [1, 2, 3, 4], template: [[0, 0]] as const }, /at least two/],
  ])('refuse %s', (_, options, message) => {
    expect(() => landmarkFraming(options, 2)).toThrow(message);
  });
});
