import { DataMismatchError } from '../errors';
import type { LabelledImages } from '../labelled-images';

/**
 * Checks that a data set has a model's labels in its order, one or more images, and values for all of them.
 *
 * @param which what the caller calls the data set, for messages
 * @throws DataMismatchError
 */
export function checkLabelledImages(labels: readonly string[], data: LabelledImages, which: string): void {
  const different = labels.findIndex((label, index) => data.labels[index] !== label);
  if (different >= 0 || data.labels.length !== labels.length) {
    const at = different >= 0 ? different : labels.length;
    throw new DataMismatchError(
      `${which}: expected the model's ${labels.length} labels in its order; label ${at} is "${data.labels[at]}" ` +
        `instead of "${labels[at]}" (${data.labels.length} in all). Make the classifier with { labels: train.labels }.`,
    );
  }
  if (data.length === 0 || data.y.length !== data.length * labels.length) {
    throw new DataMismatchError(
      `${which}: expected one or more images with ${labels.length} labels each; received ${data.length} images and ` +
        `${data.y.length} label values.`,
    );
  }
  if (data.known && data.known.length !== data.y.length) {
    throw new DataMismatchError(
      `${which}: expected known for each of ${data.y.length} label values; received ${data.known.length}.`,
    );
  }
}
