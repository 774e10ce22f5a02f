import { ReportShapeError } from './errors';
import { loadLibraries } from './load-libraries';

/** An image's pixels: RGB, 0–255, row after row. */
export interface RgbImageInput {
  readonly data: Uint8Array | Uint8ClampedArray;
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
}

/** An image as a PNG data URI, which browsers and resvg read without a file; `where` names it in an error. */
export function encodeImage({ data, width, height }: RgbImageInput, where: string): string {
  if (!(width > 0 && height > 0 && data.length === width * height * 3)) {
    throw new ReportShapeError(
      `predictionGrid: expected ${where} as RGB bytes, ${width}×${height}×3 = ${width * height * 3} of them; ` +
        `received ${data.length}. Drop an alpha channel, and give width before height.`,
    );
  }
  const png = loadLibraries().encode({ width, height, data, channels: 3, depth: 8 });
  return `data:image/png;base64,${Buffer.from(png.buffer, png.byteOffset, png.byteLength).toString('base64')}`;
}
