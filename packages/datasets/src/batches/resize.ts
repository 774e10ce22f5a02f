import { DatasetOptionError } from '../errors';

/**
 * How batches resize whole images: `'tensorflow'` gives the pixels of `tf.image.resize`. `'fast'` lets libvips shrink images
 * that are larger than the batch's size while they are decoded, which averages the pixels that TensorFlow passes over.
 */
export type Resize = 'tensorflow' | 'fast';

/**
 * Checks a way of resizing.
 *
 * @throws {DatasetOptionError} it is neither
 */
export function checkResize(caller: string, resize: unknown): void {
  if (resize === 'tensorflow' || resize === 'fast') return;
  throw new DatasetOptionError(
    `${caller}: expected resize as 'tensorflow' or 'fast'; received ${JSON.stringify(resize)}.`,
  );
}
