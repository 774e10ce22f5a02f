import { DataMismatchError } from '../errors';
import type { LabelledBatch } from '../labelled-images';

/**
 * A batch's labels as a loss takes them, `[images, labels]`: −1 where they aren't known.
 *
 * @throws DataMismatchError where there aren't as many as images and labels say, or where one is no number from 0 to 1.
 */
export function batchLabels(
  { y, known, rows }: Pick<LabelledBatch, 'y' | 'known' | 'rows'>,
  columns: number,
): Float32Array {
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
  for (let i = 0; i < length; i++) {
    if (known?.[i] === 0) labels[i] = -1;
    else if (!(labels[i] >= 0 && labels[i] <= 1)) {
      throw new DataMismatchError(
        `batches: expected labels from 0 to 1; received ${labels[i]} for label ${i % columns} of row ` +
          `${rows[Math.floor(i / columns)]}. Give labels that aren't known a 0 in known.`,
      );
    }
  }
  return labels;
}
