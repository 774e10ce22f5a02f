import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { drawPngCode } from './draw-png-code';
import { ReportRangeError, ReportShapeError, ReportTimeError } from './errors';
import { allowedInXml } from './escape-markup';
import { fontFiles } from './font-files';

/** Options of {@link svgToPng}. */
export interface SvgToPngOptions {
  /** Pixels of the PNG per unit of the SVG, above 0; default 2, sharp on today's screens. */
  readonly scale?: number;
  /**
   * Whether the fonts of the machine may be used for scripts that Inter lacks, such as Chinese, Japanese and
   * Arabic. Default false, so that every machine draws the same picture.
   */
  readonly systemFonts?: boolean;
  /**
   * The largest allowed picture in pixels of the PNG, which take 4 bytes of memory each; default 100 million.
   */
  readonly maxPixels?: number;
  /** The time that drawing may take, in seconds; default 30. Filters can make a tiny SVG take minutes. */
  readonly maxSeconds?: number;
}

const MAX_PIXELS = 100_000_000;
const MAX_SECONDS = 30;

/**
 * Draws an SVG picture, text included, as PNG. The machine needs no fonts.
 *
 * resvg renders the picture with Inter, which covers Latin, Greek and Cyrillic. Images in the SVG must be
 * data URIs. A picture is drawn in a separate process, which takes a tenth of a second to start, because
 * nothing else can stop a renderer.
 *
 * @param svg - the markup, e.g. of `historyChart`
 * @returns the bytes of a PNG of `scale` times the SVG's width and height, rounded
 * @throws ReportRangeError if `scale` or `maxSeconds` is not a positive number, or the picture has more than `maxPixels`
 * @throws ReportShapeError if the markup is not an SVG that can be drawn
 * @throws ReportTimeError if drawing takes longer than `maxSeconds`
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
  { scale = 2, systemFonts = false, maxPixels = MAX_PIXELS, maxSeconds = MAX_SECONDS }: SvgToPngOptions = {},
): Uint8Array {
  if (!(scale > 0 && Number.isFinite(scale))) {
    throw new ReportRangeError(`svgToPng: expected a scale above 0, such as 2; received ${scale}.`);
  }
  if (!(maxSeconds > 0 && maxSeconds <= 86_400)) {
    throw new ReportRangeError(
      `svgToPng: expected maxSeconds above 0 and up to 86400, a day; received ${maxSeconds}.`,
    );
  }
  const require = createRequire(import.meta.url);
  const { error, signal, stdout, stderr } = spawnSync(process.execPath, ['--eval', drawPngCode], {
    input: JSON.stringify({
      resvg: require.resolve('@resvg/resvg-js'),
      // The renderer crashes if its error message quotes a character 0.
      svg: allowedInXml(svg),
      maxPixels,
      options: {
        fitTo: { mode: 'zoom', value: scale },
        font: {
          loadSystemFonts: systemFonts,
          fontFiles: fontFiles(),
          defaultFontFamily: 'Inter',
          sansSerifFamily: 'Inter',
        },
      },
    }),
    timeout: maxSeconds * 1000,
    killSignal: 'SIGKILL',
    maxBuffer: Number.POSITIVE_INFINITY,
    windowsHide: true,
    // Electron's executable is Node only if it is told so.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  if (error && 'code' in error && error.code === 'ETIMEDOUT') {
    throw new ReportTimeError(
      `svgToPng: expected a picture that is drawn within ${maxSeconds} seconds; received ${svg.length} characters of SVG that take longer. Remove filters, lower the scale, or raise maxSeconds.`,
    );
  }
  if (stdout?.length > 0) return new Uint8Array(stdout);
  const told = answer(String(stderr ?? ''));
  if (told?.pixels !== undefined) {
    throw new ReportRangeError(
      `svgToPng: expected a picture of at most ${maxPixels} pixels; at scale ${scale} it has ${Math.ceil(told.pixels)}. ` +
        'Lower the scale, or raise maxPixels.',
    );
  }
  const reason = told?.reason ?? error?.message ?? `the renderer ended${signal ? ` by ${signal}` : ''}`;
  throw new ReportShapeError(`svgToPng: expected the markup of an SVG; ${reason}. Is it cut short?`, {
    ...(error && { cause: error }),
  });
}

/** The answer of the drawing process if there is no picture, from the last line of its error output. */
function answer(stderr: string): { readonly pixels?: number; readonly reason?: string } | undefined {
  try {
    return JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '');
  } catch {
    return undefined;
  }
}
