import { checkResize } from '../batches/resize';
import { DatasetShapeError } from '../errors';
import type { DatasetRecords } from './dataset-records';

/**
 * Checks that every column has one entry per row, that label names differ, and that labels are 0 or 1.
 *
 * @throws {DatasetShapeError} they don't
 * @throws {DatasetOptionError} `resize` is an unknown way
 */
export function checkRecords(records: DatasetRecords): void {
  const { ids, labels, y, known, groups, splits, images, imageIndices, landmarks } = records;
  const rows = ids.length;
  checkResize('ImageDataset', records.resize ?? 'tensorflow');
  if (new Set(labels).size !== labels.length) {
    const twice = labels.find((label, i) => labels.indexOf(label) !== i);
    throw new DatasetShapeError(`ImageDataset: expected label names that differ; received "${twice}" twice.`);
  }
  if (y.length !== rows * labels.length) {
    throw new DatasetShapeError(
      `ImageDataset: expected y with rows × labels = ${rows} × ${labels.length} = ${rows * labels.length} values; received ${y.length}.`,
    );
  }
  if (known && known.length !== y.length) {
    throw new DatasetShapeError(
      `ImageDataset: expected known with a value for each of y, ${y.length}; received ${known.length}.`,
    );
  }
  for (const [name, column] of Object.entries({ groups, splits, imageIndices })) {
    if (column && column.length !== rows) {
      throw new DatasetShapeError(
        `ImageDataset: expected ${name} with one entry a row, ${rows}; received ${column.length}.`,
      );
    }
  }
  if (landmarks && (rows === 0 ? landmarks.length > 0 : landmarks.length % (2 * rows) !== 0)) {
    throw new DatasetShapeError(
      `ImageDataset: expected landmarks with x and y of as many points a row, a multiple of ${2 * rows} numbers; received ${landmarks.length}.`,
    );
  }
  if (imageIndices && !images) {
    throw new DatasetShapeError('ImageDataset: received imageIndices without the images that they number.');
  }
  const wrong = y.findIndex((value) => value > 1);
  if (wrong !== -1) {
    throw new DatasetShapeError(
      `ImageDataset: expected y of 0 and 1; received ${y[wrong]} for "${labels[wrong % labels.length]}" of "${ids[Math.floor(wrong / labels.length)]}".`,
    );
  }
  const guessed = known ? y.findIndex((value, i) => value === 1 && known[i] !== 1) : -1;
  if (guessed !== -1) {
    throw new DatasetShapeError(
      `ImageDataset: expected y of 0 where a label is unknown; received 1 for "${labels[guessed % labels.length]}" of "${ids[Math.floor(guessed / labels.length)]}".`,
    );
  }
}
