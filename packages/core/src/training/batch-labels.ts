import { DataMismatchError } from '../errors';
import type { LabelledBatch } from '../labelled-images';

/** The labels of a batch as a step takes them. Both arrays are `[images, labels]`, row-major. */
export interface BatchLabels {
  /** The labels, from 0 to 1. Labels that aren't known are 0. */
  readonly y: Float32Array;
  /** 1 for labels that are known, else 0. */
  readonly known: Float32Array;
}

/**
 * Checks the labels of a batch, and separates labels from the mask of known labels.
 *
 * @throws DataMismatchError if the number of labels isn't images × columns, or if a known label isn't from 0 to 1.
 */
export function batchLabels(
  { y, known, rows }: Pick<LabelledBatch, 'y' | 'known' | 'rows'>,
  columns: number,
): BatchLabels {
  const length = rows.length * columns;
  if (y.length !== length) {
    throw new DataMismatchError(
      `batches: expected ${rows.length}×${columns} labels, a column for each output of the model; received ${y.length} values.`,
    );
  }
  if (known && known.length !== length) {
    throw new DataMismatchError(
      `batches: expected known for each of ${length} labels; received ${known.length} values.`,
    );
  }
  const labels = new Float32Array(y);
  const mask = new Float32Array(length).fill(1);
  for (let i = 0; i < length; i++) {
    if (known?.[i] === 0) labels[i] = mask[i] = 0;
    else if (!(labels[i] >= 0 && labels[i] <= 1)) {
      throw new DataMismatchError(
        `batches: expected labels from 0 to 1; received ${labels[i]} for label ${i % columns} of row ` +
          `${rows[Math.floor(i / columns)]}. Give labels that aren't known a 0 in known.`,
      );
    }
  }
  return { y: labels, known: mask };
}
