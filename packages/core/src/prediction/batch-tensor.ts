import type * as tf from '@tensorflow/tfjs-core';
import { DataMismatchError } from '../errors';
import type { LabelledBatch } from '../labelled-images';
import type { PredictableParts } from './classifier-parts';
import { inputSize } from './input-size';
import { pixelTensor } from './pixel-tensor';

/**
 * The pixels of a batch as a tensor, not yet preprocessed; see `pixelTensor`. The caller disposes the tensor.
 *
 * @throws DataMismatchError if the batch's shape isn't the network's input shape, if the number of pixels doesn't match the
 * shape, or if a pixel isn't a finite number.
 */
export function batchTensor(
  { model, preprocessing }: Pick<PredictableParts, 'model' | 'preprocessing'>,
  batch: LabelledBatch,
): tf.Tensor4D {
  const { shape, rows, held } = batch;
  const [height, width] = inputSize(model);
  const channels = preprocessing.mean.length;
  const [images, ...size] = shape;
  if (size[0] !== height || size[1] !== width || size[2] !== channels) {
    throw new DataMismatchError(
      `batches: expected images of ${height}×${width}×${channels}, the input of "${model.name}"; received ${size.join('×')}.`,
    );
  }
  // The decoder made the held images of this size, and bytes are finite.
  if (held) return pixelTensor(batch);
  const { pixels } = batch;
  if (pixels.length !== images * height * width * channels) {
    throw new DataMismatchError(
      `batches: expected ${images * height * width * channels} pixel values for shape ${shape.join('×')}; received ${pixels.length}.`,
    );
  }
  const bad = pixels instanceof Float32Array ? pixels.findIndex((pixel) => !Number.isFinite(pixel)) : -1;
  if (bad >= 0) {
    const row = rows[Math.floor(bad / (height * width * channels))];
    throw new DataMismatchError(
      `batches: expected pixels that are finite numbers; received ${pixels[bad]} in row ${row}. Look for a division by ` +
        'zero in what makes the images.',
    );
  }
  return pixelTensor({ pixels, shape });
}
