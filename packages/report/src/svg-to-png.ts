import { Resvg } from '@resvg/resvg-js';
import { ReportRangeError } from './errors';
import { fontFiles } from './font-files';

/** Options of {@link svgToPng}. */
export interface SvgToPngOptions {
  /** Pixels of the PNG per unit of the SVG, above 0; default 2, sharp on today's screens. */
  readonly scale?: number;
  /**
   * Whether the machine's fonts may help out where Inter lacks a script, as it does Chinese, Japanese and Arabic;
   * default false: then every machine draws the same picture.
   */
  readonly systemFonts?: boolean;
}

/**
 * Draws an SVG picture as PNG, text included, also on a machine without fonts.
 *
 * Rendered by resvg with Inter, which covers Latin, Greek and Cyrillic. Images in the SVG must be data URIs.
 *
 * @param svg - the markup, e.g. of `historyChart`
 * @returns the bytes of a PNG of `scale` times the SVG's width and height, rounded
 * @throws ReportRangeError where `scale` is not a positive number
 *
 * @example
 * ```ts
 * import { svgToPng } from '@thawjs/report';
 *
 * const png = svgToPng('<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>');
 * console.log(String.fromCharCode(...png.slice(1, 4))); // PNG
 * ```
 */
export function svgToPng(svg: string, { scale = 2, systemFonts = false }: SvgToPngOptions = {}): Uint8Array {
  if (!(scale > 0 && Number.isFinite(scale))) {
    throw new ReportRangeError(`svgToPng: expected a scale above 0, such as 2; received ${scale}.`);
  }
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      loadSystemFonts: systemFonts,
      fontFiles: fontFiles(),
      defaultFontFamily: 'Inter',
      sansSerifFamily: 'Inter',
    },
  });
  return new Uint8Array(picture.render().asPng());
}
