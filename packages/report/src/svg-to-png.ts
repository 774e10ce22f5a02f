import { Resvg } from '@resvg/resvg-js';
import { ReportRangeError, ReportShapeError } from './errors';
import { allowedInXml } from './escape-markup';
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
  /** The largest picture, in pixels of the PNG, 4 bytes of memory each; default 100 million. */
  readonly maxPixels?: number;
}

const MAX_PIXELS = 100_000_000;

/**
 * Draws an SVG picture as PNG, text included, also on a machine without fonts.
 *
 * Rendered by resvg with Inter, which covers Latin, Greek and Cyrillic. Images in the SVG must be data URIs.
 *
 * @param svg - the markup, e.g. of `historyChart`
 * @returns the bytes of a PNG of `scale` times the SVG's width and height, rounded
 * @throws ReportRangeError if `scale` is not a positive number, or the picture has more than `maxPixels`
 * @throws ReportShapeError if the markup is no SVG that can be drawn
 *
 * @example
 * ```ts
 * import { svgToPng } from '@thawjs/report';
 *
 * const png = svgToPng('<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>');
 * console.log(String.fromCharCode(...png.slice(1, 4))); // PNG
 * ```
 */
export function svgToPng(
  svg: string,
  { scale = 2, systemFonts = false, maxPixels = MAX_PIXELS }: SvgToPngOptions = {},
): Uint8Array {
  if (!(scale > 0 && Number.isFinite(scale))) {
    throw new ReportRangeError(`svgToPng: expected a scale above 0, such as 2; received ${scale}.`);
  }
  const drawing = drawable(() => {
    // The renderer ends the process where its own error message quotes a character 0.
    const picture = new Resvg(allowedInXml(svg), {
      fitTo: { mode: 'zoom', value: scale },
      font: {
        loadSystemFonts: systemFonts,
        fontFiles: fontFiles(),
        defaultFontFamily: 'Inter',
        sansSerifFamily: 'Inter',
      },
    });
    return { picture, pixels: picture.width * scale * picture.height * scale };
  });
  if (!(drawing.pixels <= maxPixels)) {
    throw new ReportRangeError(
      `svgToPng: expected a picture of at most ${maxPixels} pixels; at scale ${scale} it has ${Math.ceil(drawing.pixels)}. ` +
        'Lower the scale, or raise maxPixels.',
    );
  }
  return drawable(() => new Uint8Array(drawing.picture.render().asPng()));
}

function drawable<Result>(draw: () => Result): Result {
  try {
    return draw();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replaceAll('\n', '; ') : String(cause);
    throw new ReportShapeError(`svgToPng: expected the markup of an SVG; ${reason}. Is it cut short?`, {
      cause,
    });
  }
}
