import { DatasetOptionError } from '../errors';
import { arcFaceTemplate } from './arc-face-template';
import type { Framing, LandmarkTemplate } from './framing';

/** Options of `align`. */
export interface AlignOptions {
  /** Points of each row's image, x and y one after another, in pixels after EXIF orientation: rows × points × 2 numbers. Default the dataset's own. */
  readonly landmarks?: ArrayLike<number>;
  /** The target positions of the points, as fractions of the result; default {@link arcFaceTemplate}, of five points. */
  readonly template?: LandmarkTemplate;
}

/**
 * Checks the options of `align` and makes a framing.
 *
 * @throws {DatasetOptionError} fewer than two points, not as many a row as the template has, or all of a row in one place
 */
export function landmarkFraming(
  { landmarks = [], template = arcFaceTemplate }: AlignOptions,
  rows: number,
): Framing {
  const width = 2 * template.length;
  if (template.length < 2 || landmarks.length !== rows * width) {
    throw new DatasetOptionError(
      `align: expected x and y of the template's ${template.length} points for each row (at least two), ${rows} × ${width} numbers; received ${landmarks.length}.`,
    );
  }
  const column = Float32Array.from(landmarks);
  for (let row = 0; row < rows; row++) {
    const points = column.subarray(row * width, (row + 1) * width);
    const apart = points.some((value, i) => value !== points[i % 2]);
    if (!(apart && points.every(Number.isFinite))) {
      throw new DatasetOptionError(
        `align: expected landmarks of row ${row} that are not all in one place; received ${points.join(', ')}. Leave out rows without a face.`,
      );
    }
  }
  return { kind: 'landmarks', landmarks: column, template };
}
