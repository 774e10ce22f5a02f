import type { RgbImage } from '../images/rgb-image';

/** Finds points in an image: x and y one after another, in pixels; undefined if there is no face. */
export type LandmarkDetector = (
  image: RgbImage,
  row: number,
) => ArrayLike<number> | undefined | PromiseLike<ArrayLike<number> | undefined>;

/** The result of {@link detectLandmarks}. */
export interface DetectedLandmarks {
  /** The rows with a face. */
  readonly rows: Int32Array;
  /** Their points, for `dataset.select(rows).align({ landmarks })`. */
  readonly landmarks: Float32Array;
  /** The rows without a face. */
  readonly missing: Int32Array;
}

/**
 * Runs a detector of any package over a dataset's images, one after another, for `align`.
 *
 * @throws {ImageDecodeError} an image can't be read or decoded
 *
 * @example
 * ```ts
 * import { detectLandmarks, ImageDataset, memoryImages } from '@thawjs/datasets';
 * import sharp from 'sharp';
 *
 * const grey = { width: 8, height: 8, channels: 3, background: '#808080' } as const;
 * const file = await sharp({ create: grey }).png().toBuffer();
 * const faces = new ImageDataset({
 *   ids: ['a', 'b'],
 *   labels: ['Smiling'],
 *   y: new Uint8Array([1, 0]),
 *   images: memoryImages([file, file]),
 * });
 * // a real detector: (image) => landmarksOf(await faceapi.detectSingleFace(tensorOf(image)).withFaceLandmarks())
 * const found = await detectLandmarks(faces, ({ width }, row) => (row === 0 ? [2, 3, width - 3, 3] : undefined));
 * const template = [[0.3, 0.4], [0.7, 0.4]] as const;
 * const aligned = faces.select(found.rows).align({ landmarks: found.landmarks, template });
 * console.log(aligned.ids, found.missing); // [ 'a' ] Int32Array(1) [ 1 ]
 * ```
 */
export async function detectLandmarks(
  images: { readonly length: number; image(row: number): Promise<RgbImage> },
  detect: LandmarkDetector,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<DetectedLandmarks> {
  const rows: number[] = [];
  const missing: number[] = [];
  const points: number[] = [];
  for (let row = 0; row < images.length; row++) {
    signal?.throwIfAborted();
    const found = await detect(await images.image(row), row);
    if (found) {
      rows.push(row);
      points.push(...Array.from(found));
    } else {
      missing.push(row);
    }
  }
  return {
    rows: Int32Array.from(rows),
    landmarks: Float32Array.from(points),
    missing: Int32Array.from(missing),
  };
}
