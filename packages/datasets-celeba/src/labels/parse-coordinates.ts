import { LabelFileError } from '../errors';
import { imageId } from './image-id';

/** The numbers of every image of a file, one per column. */
export interface Coordinates {
  readonly ids: readonly string[];
  /** Rows × width. */
  readonly numbers: Float32Array;
}

/**
 * Reads landmarks or bounding boxes: an id and `width` whole numbers per line, separated by spaces, tabs or commas. A line with
 * the count and one with the names of the numbers, with or without an `image_id`, may come first.
 *
 * @throws {LabelFileError} a line has another number of fields, or a field that isn't a number, or lines are missing
 */
export function parseCoordinates(text: string, file: string, width: number): Coordinates {
  const ids: string[] = [];
  const values: number[] = [];
  let expected: number | undefined;
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const fail = (line: number, problem: string): never => {
    throw new LabelFileError(`CelebA.open: ${file}, line ${line}: ${problem}. Download the file again.`);
  };
  lines.forEach((line, i) => {
    const fields = line.trim().split(/\s*,\s*|\s+/);
    if (fields.length === 1 && fields[0] === '') return;
    if (ids.length === 0 && fields.length === 1 && /^\d+$/.test(fields[0])) {
      expected = Number(fields[0]);
      return;
    }
    const numbers = fields.slice(1).map(Number);
    const isNames =
      ids.length === 0 && numbers.every(Number.isNaN) && [width, width + 1].includes(fields.length);
    if (isNames) return;
    if (numbers.length !== width || fields.includes('') || !numbers.every(fitsFloat32)) {
      fail(i + 1, `expected an image id and ${width} numbers; received "${fields.join(' ').slice(0, 60)}"`);
    }
    ids.push(imageId(fields[0]));
    values.push(...numbers);
  });
  if (ids.length === 0 || (expected !== undefined && expected !== ids.length)) {
    fail(lines.length, `expected ${expected ?? 'some'} images; the file ends after ${ids.length}`);
  }
  return { ids, numbers: Float32Array.from(values) };
}

/** Finite as it is kept: 1e97 is a number, but not of 32 bits. */
function fitsFloat32(number: number): boolean {
  return Number.isFinite(Math.fround(number));
}
