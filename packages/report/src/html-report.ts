import { createHash } from 'node:crypto';
import { ReportShapeError } from './errors';
import { escapeMarkup } from './escape-markup';
import { reportStyle } from './report-style';
import { tableSortScript } from './table-sort-script';
import { classExplorerScript } from './write-report/page/class-explorer-script';

/** One part of {@link htmlReport}: a heading over markup, a chart or a bitmap. */
export type HtmlReportSection = {
  readonly heading: string;
  /** A sentence under the heading; plain text. */
  readonly note?: string;
} & (
  | { /** Trusted markup, such as that of `perClassTable`; it isn't escaped. */ readonly html: string }
  | {
      /** The markup of an SVG, such as that of `historyChart`; it isn't escaped. */
      readonly svg: string;
      /**
       * The same picture for phones, 330 pixels wide, which is shown there instead. Without it, a wide
       * picture scrolls.
       */
      readonly narrowSvg?: string;
    }
  | {
      /** The bytes of a PNG. */
      readonly png: Uint8Array;
      /** A description of the picture for readers who can't see it; default the heading. */
      readonly alt?: string;
    }
);

/** The contents of {@link htmlReport}. All texts are plain text, and are escaped. */
export interface HtmlReportInput {
  readonly title: string;
  readonly subtitle?: string;
  /** Short names and values at the top, in this order: `{ Backend: 'wasm', Images: 4000 }`; NaN is shown as undefined. */
  readonly facts?: Readonly<Record<string, string | number>>;
  readonly sections: readonly HtmlReportSection[];
  /** BCP 47 tag of the texts' language; default `'en'`. */
  readonly language?: string;
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Builds one self-contained HTML file of a run.
 *
 * The page follows the reader's light or dark setting (charts of this package change their colours with it),
 * fits a phone, prints, and can be read by a screen reader. It makes no network request. Its
 * Content-Security-Policy allows only data URIs, inline styles, and this package's own scripts by their
 * hashes. Other scripts in `html` do not run.
 *
 * @returns the file's text
 * @throws ReportShapeError if a section's `svg` is not an SVG or its `png` not a PNG
 *
 * @example
 * ```ts
 * import { htmlReport } from '@thawjs/report';
 *
 * const page = htmlReport({
 *   title: 'Faces <3',
 *   facts: { Backend: 'native', 'Test images': 590 },
 *   sections: [{ heading: 'Summary', html: '<p>It learns.</p>' }],
 * });
 * console.log(page.includes('<h1>Faces &lt;3</h1>')); // true
 * ```
 */
export function htmlReport({
  title,
  subtitle,
  facts = {},
  sections,
  language = 'en',
}: HtmlReportInput): string {
  const entries = Object.entries(facts);
  const policy = `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src ${hashes(sections)}; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    `<html lang="${escapeMarkup(language)}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeMarkup(title)}</title>`,
    // Without this line a browser would ask the server for /favicon.ico.
    '<link rel="icon" href="data:,">',
    `<style>${reportStyle}</style>`,
    '</head>',
    '<body>',
    '<header>',
    `<h1>${escapeMarkup(title)}</h1>`,
    subtitle ? `<p class="thaw-subtitle">${escapeMarkup(subtitle)}</p>` : '',
    entries.length > 0 ? `<dl class="thaw-facts">${entries.map(fact).join('')}</dl>` : '',
    sections.length > 1 ? `<nav aria-label="Contents"><ul>${sections.map(link).join('')}</ul></nav>` : '',
    '</header>',
    '<main>',
    ...sections.map(part),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** The hashes of this package's scripts that the sections have. */
function hashes(sections: readonly HtmlReportSection[]): string {
  const used = [tableSortScript, classExplorerScript].filter((script) =>
    sections.some((section) => 'html' in section && section.html.includes(script)),
  );
  const list = used.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  return list.length > 0 ? list.join(' ') : "'none'";
}

function fact([name, value]: [string, string | number]): string {
  const text = typeof value === 'number' ? number(value) : value;
  return `<div><dt>${escapeMarkup(name)}</dt><dd>${escapeMarkup(text)}</dd></div>`;
}

function number(value: number): string {
  return Number.isNaN(value) ? '– (undefined)' : value.toLocaleString('en-US', { maximumFractionDigits: 4 });
}

function link({ heading }: HtmlReportSection, index: number): string {
  return `<li><a href="#section-${index + 1}">${escapeMarkup(heading)}</a></li>`;
}

function part(section: HtmlReportSection, index: number): string {
  const id = `section-${index + 1}`;
  return [
    `<section id="${id}" aria-labelledby="${id}-heading">`,
    `<h2 id="${id}-heading">${escapeMarkup(section.heading)}</h2>`,
    section.note ? `<p class="thaw-note">${escapeMarkup(section.note)}</p>` : '',
    content(section),
    '</section>',
  ].join('\n');
}

function content(section: HtmlReportSection): string {
  if ('html' in section) return section.html;
  const name = escapeMarkup(section.heading);
  // The element must be focusable so that a keyboard can scroll it.
  const figure = (inside: string, kind = '') =>
    `<figure class="thaw-picture${kind}" tabindex="0" role="group" aria-label="${name}">${inside}</figure>`;
  if ('svg' in section) {
    const { svg, narrowSvg, heading } = section;
    if (narrowSvg === undefined) return figure(checkSvg(svg, heading));
    return (
      figure(checkSvg(svg, heading), ' thaw-wide') + figure(checkSvg(narrowSvg, heading), ' thaw-narrow')
    );
  }
  if (!PNG_SIGNATURE.every((byte, index) => section.png[index] === byte)) {
    throw new ReportShapeError(
      `htmlReport: expected the png of section "${section.heading}" to be a PNG's bytes; received ${section.png.length} bytes without its signature. Encode the pixels first.`,
    );
  }
  const { buffer, byteOffset, byteLength } = section.png;
  const data = Buffer.from(buffer, byteOffset, byteLength).toString('base64');
  return figure(
    `<img src="data:image/png;base64,${data}" alt="${escapeMarkup(section.alt ?? section.heading)}">`,
  );
}

function checkSvg(markup: string, heading: string): string {
  const svg = markup.replace(/^\s*(?:<\?xml[^>]*\?>\s*)?/, '');
  if (!/^<svg[\s>]/.test(svg)) {
    throw new ReportShapeError(
      `htmlReport: expected the svg of section "${heading}" to start with <svg; received "${svg.slice(0, 40)}". Is it a path? Give the markup.`,
    );
  }
  return svg;
}
