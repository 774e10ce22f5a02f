import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import {
  type PredictionGridItem,
  predictionGrid,
  ReportEmptyError,
  ReportRangeError,
  ReportShapeError,
  svgToPng,
} from '../src/index';
import { theme } from '../src/theme';
import { parseSvg, textsOf } from './parse-markup';
import { pngSize } from './png-size';

const image = (width: number, height: number) => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * 37) % 256),
});
const item = (id: string, predicted: PredictionGridItem['predicted'] = []): PredictionGridItem => ({
  id,
  original: image(5, 7),
  preprocessed: image(8, 8),
  predicted,
});
const mixed = [
  { label: 'Bald', probability: 0.2, outcome: 'fn' },
  { label: 'Smiling', probability: 0.6, outcome: 'tp' },
  { label: 'Goatee', probability: 0.55, outcome: 'fp' },
  { label: 'Young', probability: 0.97, outcome: 'tp' },
] as const;

describe('predictionGrid', () => {
  it('embeds each original and, beside it, what the network saw, pixel by pixel', () => {
    const svg = predictionGrid([item('a.jpg', mixed)]);
    const images = [...parseSvg(svg).querySelectorAll('image')];
    const decoded = images.map((element) =>
      decode(Buffer.from(element.getAttribute('href')!.replace('data:image/png;base64,', ''), 'base64')),
    );
    expect(decoded.map(({ width, height }) => [width, height])).toEqual([
      [5, 7],
      [8, 8],
    ]);
    expect(decoded.map(({ data }) => [...data])).toEqual([[...image(5, 7).data], [...image(8, 8).data]]);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['a.jpg', 'original 5×7', 'network input 8×8']));
  });

  it('lists right, wrong and missed labels in this order, the surest first, with their probability', () => {
    const texts = textsOf(predictionGrid([item('a.jpg', mixed)]));
    expect(texts.slice(texts.indexOf('Young'))).toEqual([
      'Young',
      '0.97',
      'Smiling',
      '0.60',
      'Goatee',
      '0.55',
      'Bald',
      '0.20',
    ]);
  });

  it('tells right, wrong and missed apart by colour and by sign', () => {
    const groups = [...parseSvg(predictionGrid([item('a.jpg', mixed)])).querySelectorAll('g[fill]')];
    const colors = groups.map((group) => group.getAttribute('fill'));
    const signs = groups.map((group) => group.querySelector('path')?.getAttribute('d'));
    expect(colors).toEqual([theme.right.light, theme.right.light, theme.wrong.light, theme.missed.light]);
    expect(new Set(signs).size).toBe(3);
  });

  it('counts them in words for those who do not see the picture', () => {
    const description = parseSvg(predictionGrid([item('a.jpg', mixed), item('b.jpg')])).querySelector('desc');
    expect(description?.textContent).toBe(
      'a.jpg: 2 right, 1 wrong, 1 missed. b.jpg: 0 right, 0 wrong, 0 missed.',
    );
  });

  it.each([
    { count: 1, columns: 4, across: 1, down: 1 },
    { count: 5, columns: 4, across: 4, down: 2 },
    { count: 5, columns: 2, across: 2, down: 3 },
    { count: 3, columns: 1, across: 1, down: 3 },
  ])('places $count images in $columns columns', ({ count, columns, across, down }) => {
    const svg = predictionGrid(
      Array.from({ length: count }, (_, index) => item(`${index}`)),
      { columns },
    );
    const places = [...svg.matchAll(/<g transform="translate\((\d+) (\d+)\)">\n<text x="0" y="10"/g)];
    expect(places).toHaveLength(count);
    expect(new Set(places.map(([, x]) => x)).size).toBe(across);
    expect(new Set(places.map(([, , y]) => y)).size).toBe(down);
  });

  it('shortens a label that does not fit, and keeps the whole of it as a tooltip', () => {
    const long = 'A label that is <b>far</b> too long for the column of any picture';
    const svg = predictionGrid([item('a.jpg', [{ label: long, probability: 0.5, outcome: 'tp' }])]);
    expect([...parseSvg(svg).querySelectorAll('title')].map((title) => title.textContent)).toContain(long);
    expect(textsOf(svg).some((text) => text.endsWith('…'))).toBe(true);
  });

  it('keeps the names of CelebA whole', () => {
    const labels = ['Mouth_Slightly_Open', 'Receding_Hairline', 'Bags_Under_Eyes', '5_o_Clock_Shadow'];
    const predicted = labels.map((label) => ({ label, probability: 0.5, outcome: 'tp' as const }));
    expect(textsOf(predictionGrid([item('a', predicted)]))).toEqual(expect.arrayContaining(labels));
  });

  it('becomes a PNG of the size asked for', () => {
    const svg = predictionGrid([item('a <&> b', mixed), item('c')]);
    const root = parseSvg(svg);
    const [width, height] = [Number(root.getAttribute('width')), Number(root.getAttribute('height'))];
    expect(pngSize(svgToPng(svg))).toEqual([width * 2, height * 2]);
  });

  it('refuses no images, columns that are none, and pixels of another shape', () => {
    expect(() => predictionGrid([])).toThrow(ReportEmptyError);
    expect(() => predictionGrid([item('a')], { columns: 0 })).toThrow(ReportRangeError);
    const rgba = { width: 2, height: 2, data: new Uint8Array(16) };
    expect(() => predictionGrid([{ ...item('a.jpg'), original: rgba }])).toThrow(ReportShapeError);
    expect(() => predictionGrid([{ ...item('a.jpg'), original: rgba }])).toThrow(
      /a\.jpg, original as RGB bytes, 2×2×3 = 12 of them; received 16/,
    );
  });
});
