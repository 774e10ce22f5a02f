import type * as tf from '@tensorflow/tfjs-core';
import { NotAnImageError } from '../errors';

/** RGB pixels of a tensor: bytes, or floats if the tensor has fractions. */
export interface TensorPixels {
  readonly data: Uint8Array | Float32Array;
  readonly width: number;
  readonly height: number;
}

/**
 * The pixels of a tensor `[height, width, channels]` as RGB. One channel becomes three equal ones; of four, alpha is dropped.
 *
 * @throws NotAnImageError for another shape, or values that aren't from 0 to 255
 */
export async function tensorPixels(tensor: tf.Tensor): Promise<TensorPixels> {
  const { shape, dtype } = tensor;
  const [height, width, channels] = shape;
  if (shape.length !== 3 || ![1, 3, 4].includes(channels) || height * width === 0) {
    throw new NotAnImageError(
      `classify: expected a tensor [height, width, 1, 3 or 4 channels]; received [${shape.join(', ')}].`,
    );
  }
  const values = await tensor.data();
  const rgb = new Float32Array(height * width * 3);
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let c = 0; c < 3; c++) rgb[pixel * 3 + c] = values[pixel * channels + (channels === 1 ? 0 : c)];
  }
  const [isWhole, largest] = checkedRange(rgb, dtype);
  if (isWhole) return { data: Uint8Array.from(rgb), width, height };
  if (largest <= 1) {
    throw new NotAnImageError(
      `classify: expected pixels from 0 to 255; received fractions of at most ${largest}. Multiply them by 255 if they ` +
        'are from 0 to 1.',
    );
  }
  return { data: rgb, width, height };
}

function checkedRange(pixels: Float32Array, dtype: string): readonly [isWhole: boolean, largest: number] {
  let isWhole = true;
  let largest = 0;
  for (const value of pixels) {
    if (!(value >= 0 && value <= 255)) {
      throw new NotAnImageError(
        `classify: expected pixels from 0 to 255; received ${value} in a tensor of ${dtype}. Give pixels that aren't ` +
          'preprocessed.',
      );
    }
    if (!Number.isInteger(value)) isWhole = false;
    if (value > largest) largest = value;
  }
  return [isWhole, largest];
}
