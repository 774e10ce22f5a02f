import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { ReportRangeError, ReportShapeError, ReportTimeError, svgToPng } from '../src/index';
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

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses maxSeconds of %s', (maxSeconds) => {
    expect(() => svgToPng(svg(''), { maxSeconds })).toThrow(ReportRangeError);
  });

  it('stops a picture of a few bytes whose filter would take minutes', () => {
    const blur = '<filter id="b"><feGaussianBlur stdDeviation="900"/></filter>';
    const slow = `<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="9000">${blur}<rect width="9000" height="9000" filter="url(#b)"/></svg>`;
    expect(() => svgToPng(slow, { scale: 1, maxSeconds: 1 })).toThrow(ReportTimeError);
  });

  it.each(['', 'history.svg', '<svg', '<html/>', '<svg xmlns="http://www.w3.org/2000/svg" width="0"/>'])(
    'refuses %j, which is no picture, and says so in one sentence',
    (markup) => {
      expect(() => svgToPng(markup)).toThrow(ReportShapeError);
      expect(() => svgToPng(markup)).toThrow(
        /^svgToPng: expected the markup of an SVG; [^\n]+ Is it cut short\?$/,
      );
    },
  );

  it('refuses a picture of more pixels than it may have, before it is drawn', () => {
    expect(() => svgToPng(svg(''), { scale: 2, maxPixels: 19_199 })).toThrow(
      /at most 19199 pixels; at scale 2 it has 19200/,
    );
    expect(pngSize(svgToPng(svg(''), { scale: 2, maxPixels: 19_200 }))).toEqual([240, 80]);
  });
});
