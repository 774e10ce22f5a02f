import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { ReportRangeError, svgToPng } from '../src/index';
import { pngSize } from './png-size';

const svg = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><rect width="120" height="40" fill="#ffffff"/>${inside}</svg>`;
const ink = (picture: string, options?: { scale: number }) =>
  Array.from(decode(svgToPng(picture, options)).data).filter((value) => value < 128).length;

describe('svgToPng', () => {
  it.each([
    [undefined, 240, 80],
    [1, 120, 40],
    [0.5, 60, 20],
    [3, 360, 120],
  ])('draws at scale %s a picture of %s × %s pixels', (scale, width, height) => {
    expect(pngSize(svgToPng(svg(''), scale === undefined ? {} : { scale }))).toEqual([width, height]);
  });

  it.each([
    ['Latin', 'Mouth_Slightly_Open'],
    ['digits and signs', '0.97 ○ – × : %'],
    ['Greek', 'Γειά'],
    ['Cyrillic', 'Привет'],
  ])('draws %s without any font of the machine', (_, text) => {
    const drawn = svg(`<text x="4" y="24" font-family="sans-serif" font-size="14">${text}</text>`);
    expect(ink(drawn)).toBeGreaterThan(ink(svg('')) + 100);
  });

  it('tells a semi-bold text from a regular one', () => {
    const text = (weight: number) =>
      svg(`<text x="4" y="24" font-family="Inter" font-weight="${weight}">Recall</text>`);
    expect(ink(text(600))).toBeGreaterThan(1.1 * ink(text(400)));
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses the scale %s', (scale) => {
    expect(() => svgToPng(svg(''), { scale })).toThrow(ReportRangeError);
  });
});
