import { DatasetOptionError } from '../errors';
import type { Box, Framing } from './framing';

/**
 * Checks the argument of `crop` and makes a framing.
 *
 * @throws {DatasetOptionError} a box without area, or not one box a row
 */
export function cropFraming(part: 'cover' | Box | ArrayLike<number>, rows: number): Framing {
  if (part === 'cover') return { kind: 'cover' };
  if (typeof part === 'string') {
    throw new DatasetOptionError(`crop: expected 'cover', a box or boxes; received ${JSON.stringify(part)}.`);
  }
  const boxes = new Float32Array(4 * rows);
  if ('left' in part) {
    const { left, top, width, height } = part;
    for (let row = 0; row < rows; row++) boxes.set([left, top, width, height], 4 * row);
  } else if (part.length === boxes.length) {
    boxes.set(part);
  } else {
    throw new DatasetOptionError(
      `crop: expected four numbers a row (left, top, width, height), ${boxes.length} in all; received ${part.length}.`,
    );
  }
  for (let i = 0; i < boxes.length; i += 4) {
    const box = boxes.subarray(i, i + 4);
    if (!(box.every(Number.isFinite) && box[2] > 0 && box[3] > 0)) {
      throw new DatasetOptionError(
        `crop: expected a width and a height above 0 for row ${i / 4}; received left ${box[0]}, top ${box[1]}, width ${box[2]}, height ${box[3]}.`,
      );
    }
  }
  return { kind: 'boxes', boxes };
}
