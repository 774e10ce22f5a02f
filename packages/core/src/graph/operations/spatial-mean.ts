import * as tf from '@tensorflow/tfjs-core';
import { DataType, FLOAT } from '../node-writer';
import { type OperationKind, operation } from '../operation';
import { innerSizes } from '../value';

/** The mean over height and width: [n, h, w, c] → [n, c]. */
const kind: OperationKind<object> = {
  name: 'SpatialMean',
  sizes: ([{ sizes }]) => [[sizes[0], sizes[3]]],
  run: ([x]) => [tf.mean(x, [1, 2])],
  write: (writer, [x]) => [
    writer.node('Mean', [x, writer.ints([1, 2])], {
      ...FLOAT,
      Tidx: { type: DataType.int32 },
      keep_dims: { b: false },
    }),
  ],
  gradient: (program, { inputs: [x] }, [dy]) => [spread(program, [dy!], { inputSizes: innerSizes(x) })],
};

export const spatialMean = operation(kind);

interface SpreadAttributes {
  readonly inputSizes: readonly number[];
}

/** Each number divided among the pixels that it is the mean of. */
const spreadKind: OperationKind<SpreadAttributes> = {
  name: 'Spread',
  sizes: ([dy], { inputSizes }) => [[dy.sizes[0], ...inputSizes]],
  run: ([dy], { inputSizes: [height, width, channels] }) => [
    tf.tidy(() =>
      tf.tile(tf.reshape(tf.div(dy, height * width), [-1, 1, 1, channels]), [1, height, width, 1]),
    ),
  ],
  write(writer, [dy], { inputSizes: [height, width, channels] }) {
    const share = writer.node('Mul', [dy, writer.floats([1 / (height * width)], [])], FLOAT);
    const pixel = writer.node('Reshape', [share, writer.ints([-1, 1, 1, channels])], {
      ...FLOAT,
      Tshape: { type: DataType.int32 },
    });
    return [
      writer.node('Tile', [pixel, writer.ints([1, height, width, 1])], {
        ...FLOAT,
        Tmultiples: { type: DataType.int32 },
      }),
    ];
  },
};

const spread = operation(spreadKind);
