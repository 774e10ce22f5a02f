import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  historyChart,
  htmlReport,
  perClassTable,
  predictionGrid,
  ReportShapeError,
  svgToPng,
} from '../src/index';
import { theme } from '../src/theme';
import { parseErrors, parseHtml } from './parse-markup';

const image = { data: new Uint8Array(12).fill(99), width: 2, height: 2 };
const epoch = { phase: 'head', epoch: 0, auc: 0.7, loss: 0.5, precision: 0.6, recall: 0.4 };
const metrics = {
  precision: 1,
  recall: 1,
  specificity: 1,
  f1: 1,
  accuracy: 1,
  auc: Number.NaN,
  averagePrecision: 1,
  support: 2,
};
const svg = historyChart([epoch]);
const table = perClassTable({ perClass: [{ label: '<Bald>', tn: 1, fp: 0, fn: 0, tp: 2, ...metrics }] });
const full = htmlReport({
  title: 'Faces',
  subtitle: 'A run',
  facts: { Backend: 'native', Images: 4000, AUC: 0.912345, Recall: Number.NaN },
  sections: [
    { heading: 'History', svg, note: 'Eight epochs.' },
    { heading: 'Classes', html: table },
    {
      heading: 'Faces',
      svg: predictionGrid([{ id: '1', original: image, preprocessed: image, predicted: [] }]),
    },
    { heading: 'Bitmap', png: svgToPng(svg, { scale: 1 }), alt: 'The history again' },
  ],
});

describe('htmlReport', () => {
  it('is valid HTML: not one parse error, one h1, an h2 a section, unique ids', () => {
    const page = parseHtml(full);
    const ids = [...page.querySelectorAll('[id]')].map((element) => element.id);
    expect(parseErrors(full)).toEqual([]);
    expect([...page.querySelectorAll('h1')].map((head) => head.textContent)).toEqual(['Faces']);
    expect([...page.querySelectorAll('h2')].map((head) => head.textContent)).toEqual([
      'History',
      'Classes',
      'Faces',
      'Bitmap',
    ]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(page.documentElement.getAttribute('lang')).toBe('en');
  });

  it('lists facts with their numbers readable, and links to each section', () => {
    const page = parseHtml(full);
    expect([...page.querySelectorAll('dt')].map((name) => name.textContent)).toEqual([
      'Backend',
      'Images',
      'AUC',
      'Recall',
    ]);
    expect([...page.querySelectorAll('dd')].map((value) => value.textContent)).toEqual([
      'native',
      '4,000',
      '0.9123',
      '– (undefined)',
    ]);
    for (const anchor of page.querySelectorAll('nav a')) {
      expect(page.querySelector(anchor.getAttribute('href')!)?.tagName).toBe('SECTION');
    }
  });

  it('asks the network for nothing', () => {
    const page = parseHtml(full);
    const addresses = [...page.querySelectorAll('[src], [href]')].map(
      (element) => element.getAttribute('src') ?? element.getAttribute('href')!,
    );
    expect(addresses.length).toBeGreaterThan(4);
    expect(addresses.filter((address) => !/^(data:|#section-\d+$)/.test(address))).toEqual([]);
    expect(full.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|@import|url\((?!#)/);
  });

  it('allows no source but data URIs, and no script but the table’s own, by its hash', () => {
    const page = parseHtml(full);
    const policy = page.querySelector('meta[http-equiv=Content-Security-Policy]')!.getAttribute('content')!;
    const hash = createHash('sha256').update(page.querySelector('script')!.textContent).digest('base64');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'sha256-${hash}';`);
    expect(page.querySelectorAll('script')).toHaveLength(1);
  });

  it('says in words what each picture shows', () => {
    const page = parseHtml(full);
    for (const picture of page.querySelectorAll('section svg')) {
      expect(picture.getAttribute('role')).toBe('img');
      expect(picture.querySelector('title')?.textContent).not.toBe('');
    }
    expect(page.querySelector('section img')?.getAttribute('alt')).toBe('The history again');
  });

  it('escapes every text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, other) => {
        const hostile = `${text}</title></style><script>alert("${other}")</script><img src=x onerror=alert(1)>`;
        const page = parseHtml(
          htmlReport({
            title: hostile,
            subtitle: hostile,
            facts: { [hostile]: hostile },
            sections: [{ heading: hostile, note: hostile, html: '' }],
            language: hostile,
          }),
        );
        expect(page.querySelectorAll('script, img')).toHaveLength(0);
        expect(page.querySelector('h1')?.textContent).toContain('<script>alert("');
      }),
      { numRuns: 30 },
    );
  });

  it('refuses an svg that is none, and a png that is none', () => {
    const part = (section: { svg: string } | { png: Uint8Array }) =>
      htmlReport({ title: 't', sections: [{ heading: 'Chart', ...section }] });
    expect(() => part({ svg: 'runs/history.svg' })).toThrow(ReportShapeError);
    expect(() => part({ png: new Uint8Array(20) })).toThrow(
      /section "Chart" to be a PNG's bytes; received 20 bytes/,
    );
  });

  it('swaps each colour of the charts on a dark page, where text keeps a contrast of 4.5 : 1', () => {
    const luminance = (color: string) => {
      const [r, g, b] = [1, 3, 5].map((at) => {
        const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
        return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a: string, b: string) => {
      const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
      return (light + 0.05) / (dark + 0.05);
    };
    for (const name of [
      'ink',
      'muted',
      'train',
      'validation',
      'boundary',
      'minority',
      'majority',
      'right',
      'wrong',
      'missed',
    ] as const) {
      for (const side of ['light', 'dark'] as const) {
        expect(contrast(theme[name][side], theme.surface[side]), `${name} ${side}`).toBeGreaterThanOrEqual(
          4.5,
        );
      }
      expect(full).toContain(`[fill="${theme[name].light}"] { fill: ${theme[name].dark}; }`);
    }
  });
});
