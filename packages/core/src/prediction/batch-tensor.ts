import * as tf from '@tensorflow/tfjs-core';
import { preprocess } from '../backbones/preprocess';
import type { ClassifierParts } from '../classifier/classifier-parts';
import { inputSize } from '../classifier/input-size';
import { DataMismatchError } from '../errors';
import type { LabelledBatch } from '../labelled-images';
import { pixelTensor } from './pixel-tensor';

/**
 * A batch's pixels as the network takes them: float32, preprocessed. The caller disposes the tensor.
 *
 * @throws DataMismatchError where the batch isn't of the network's size or not as long as its shape says.
 */
export function batchTensor(
  { model, preprocessing }: Pick<ClassifierParts, 'model' | 'preprocessing'>,
  { pixels, shape }: LabelledBatch,
): tf.Tensor4D {
  const [height, width] = inputSize(model);
  const channels = preprocessing.mean.length;
  const [images, ...size] = shape;
  if (size[0] !== height || size[1] !== width || size[2] !== channels) {
    throw new DataMismatchError(
      `batches: expected images of ${height}×${width}×${channels}, the input of "${model.name}"; received ${size.join('×')}.`,
    );
  }
  if (pixels.length !== images * height * width * channels) {
    throw new DataMismatchError(
      `batches: expected ${images * height * width * channels} pixel values for shape ${shape.join('×')}; received ${pixels.length}.`,
    );
  }
  return tf.tidy(() => preprocess(pixelTensor({ pixels, shape }), preprocessing));
}
