import { type Limits, limitExceeded } from '../limits/limits';
import { IMAGE_ENDING } from './image-finder';
import type { LabelMatrix } from './label-column';
import { type CellValues, labelValueReader } from './label-value';
import { shown } from './shown';

/** The stored value of labels that are not known, besides 0 and 1. */
const UNKNOWN = 2;

/** Columns that are being read, one per label. */
export interface ValueColumns {
  readonly labels: readonly string[];
  /**
   * Reads a row's cells; the result, called before the next row is read, keeps them for a row of the matrix, joined with what it
   * has.
   */
  read(cells: ArrayLike<unknown>, id: string, fail: (problem: string) => never): (row: number) => void;
  /** Forgets what a row has so far. */
  clear(row: number): void;
  finish(rows: number, refuse: (where: string, problem: string) => never): LabelMatrix;
}

/**
 * Collects the cells of columns of labels in matrices that grow.
 *
 * @throws {LimitExceededError} they are more than `limits.cells`
 */
export function valueColumns(
  caller: string,
  labels: readonly string[],
  columnOf: (name: string) => number,
  { meaning, limits, place }: { meaning: CellValues | undefined; limits: Required<Limits>; place: string },
): ValueColumns {
  const reader = labelValueReader(caller, meaning);
  const columns = labels.map(columnOf);
  const width = columns.length;
  const values = new Uint8Array(width);
  let y = new Uint8Array(16 * width);
  let known = new Uint8Array(16 * width);
  const grow = (length: number) => {
    if (length > limits.cells)
      throw limitExceeded(limits, 'cells', place, `${length / width} rows × ${width} or more`);
    if (length <= y.length) return;
    y = enlarged(y, length);
    known = enlarged(known, length);
  };
  /** Keeps the row that was read last. */
  const keep = (row: number) => {
    grow((row + 1) * width);
    for (let i = 0, at = row * width; i < width; i++, at++) {
      if (values[i] === UNKNOWN) continue;
      y[at] |= values[i];
      known[at] = 1;
    }
  };
  return {
    labels,
    read(cells, id, fail) {
      for (let i = 0; i < width; i++) {
        const value = reader.read(cells[columns[i]]);
        if (value === undefined) {
          const cell = cells[columns[i]];
          const advice =
            typeof cell === 'string' && IMAGE_ENDING.test(cell)
              ? `Say which column has the images: image: ${shown(labels[i])}`
              : 'Say what cells mean with values, or which columns are labels with labels';
          fail(
            `expected ${reader.expected} for "${labels[i]}" of "${id}"; received ${shown(cell)}. ${advice}`,
          );
        }
        values[i] = value === 'unknown' ? UNKNOWN : value!;
      }
      return keep;
    },
    clear: (row) => {
      y.fill(0, row * width, (row + 1) * width);
      known.fill(0, row * width, (row + 1) * width);
    },
    finish(rows, refuse) {
      const ambiguity = reader.ambiguity();
      if (ambiguity) refuse('labels', ambiguity);
      const length = rows * width;
      const all = known.subarray(0, length);
      return { labels, y: y.slice(0, length), ...(all.includes(0) && { known: all.slice() }) };
    },
  };
}

function enlarged(bytes: Uint8Array, least: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(2 * bytes.length, least));
  larger.set(bytes);
  return larger;
}
