import { DataMismatchError } from '../errors';
import type { LabelledImages } from '../labelled-images';

/**
 * Checks that a data set has a model's labels in its order, one or more images, and values for all of them.
 *
 * @param which what the caller calls the data set, for messages
 * @throws DataMismatchError
 */
export function checkLabelledImages(labels: readonly string[], data: LabelledImages, which: string): void {
  checkParts(data, which);
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
  if (data.ids.length !== data.length) {
    throw new DataMismatchError(
      `${which}: expected an id for each of ${data.length} images; received ${data.ids.length}.`,
    );
  }
  if (data.known && data.known.length !== data.y.length) {
    throw new DataMismatchError(
      `${which}: expected known for each of ${data.y.length} label values; received ${data.known.length}.`,
    );
  }
}

/** Checks the kinds of a data set's parts: JavaScript lets anything through. @throws DataMismatchError */
function checkParts(data: LabelledImages, which: string): void {
  const fault = faultOf(data);
  if (fault === undefined) return;
  throw new DataMismatchError(
    `${which}: expected a data set with length, ids, labels, y and batches, as @thawjs/datasets makes it; received ${fault}.`,
  );
}

function faultOf(data: Partial<LabelledImages> | null | undefined): string | undefined {
  if (typeof data !== 'object' || data === null) return String(data);
  if ('then' in data) return 'a promise. Write await before what makes it';
  if (Array.isArray(data)) return 'a list';
  const { length, ids, labels, y, known, batches } = data;
  if (typeof batches !== 'function') return 'one without the method batches';
  if (!Array.isArray(labels)) return 'one whose labels are no list of names';
  if (!Number.isSafeInteger(length) || Number(length) < 0)
    return `one of length ${length}. Collect images whose number isn't known beforehand`;
  if (!Array.isArray(ids)) return 'one whose ids are no list of texts';
  if (!isTyped(y)) return 'one whose y is no typed array. Write Uint8Array.from(y)';
  if (known !== undefined && !isTyped(known))
    return 'one whose known is no typed array. Write Uint8Array.from(known)';
  return undefined;
}

function isTyped(values: unknown): boolean {
  return ArrayBuffer.isView(values) && 'subarray' in values;
}
