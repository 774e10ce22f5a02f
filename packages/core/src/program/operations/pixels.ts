import * as tf from '@tensorflow/tfjs-core';
import { type OperationKind, operation } from '../ir';
import { DataType, FLOAT } from '../node-writer';

/** Casts pixels from bytes to float32. */
const floatsKind: OperationKind<object> = {
  name: 'PixelFloats',
  sizes: ([pixels]) => [pixels.sizes],
  run: ([pixels]) => [tf.cast(pixels, 'float32')],
  write: (writer, pixels) => [
    writer.node('Cast', pixels, {
      SrcT: { type: DataType.uint8 },
      DstT: { type: DataType.float },
      Truncate: { b: false },
    }),
  ],
};

export const pixelFloats = operation(floatsKind);

interface PreprocessAttributes {
  readonly channelOrder: 'rgb' | 'bgr';
  readonly mean: readonly number[];
  /** One factor per channel. */
  readonly scales: readonly number[];
}

/** `(x[channelOrder] − mean) · scale` per channel, for pixels `[n, height, width, channels]` from 0 to 255. */
const preprocessKind: OperationKind<PreprocessAttributes> = {
  name: 'Preprocess',
  sizes: ([pixels]) => [pixels.sizes],
  run: ([pixels], { channelOrder, mean, scales }) => [
    tf.tidy(() => {
      const ordered = channelOrder === 'bgr' ? tf.reverse(pixels, 3) : pixels;
      const centred = tf.sub(ordered, tf.tensor1d([...mean]));
      return isOne(scales) ? centred : tf.mul(centred, tf.tensor1d([...scales]));
    }),
  ],
  write(writer, [pixels], { channelOrder, mean, scales }) {
    const order = { ...FLOAT, Tidx: { type: DataType.int32 } };
    const ordered =
      channelOrder === 'bgr' ? writer.node('ReverseV2', [pixels, writer.ints([3])], order) : pixels;
    const centred = writer.node('Sub', [ordered, writer.floats(mean, [mean.length])], FLOAT);
    if (isOne(scales)) return [centred];
    return [writer.node('Mul', [centred, writer.floats(scales, [scales.length])], FLOAT)];
  },
};

export const preprocessed = operation(preprocessKind);

function isOne(scales: readonly number[]): boolean {
  return scales.every((scale) => scale === 1);
}
