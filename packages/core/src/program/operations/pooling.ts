import * as tf from '@tensorflow/tfjs-core';
import { FOLLOWS, innerSizes, type OperationKind, operation } from '../ir';
import { DataType, FLOAT, type NodeAttributes } from '../node-writer';
import { runKernel } from './run-kernel';
import { outputSizes, type Window, windowAttributes } from './window';

interface PoolAttributes extends Window {
  readonly padding: 'same' | 'valid';
  /** Height and width of the window. */
  readonly size: readonly [number, number];
}

/** The largest number of each window, per channel. */
const maxKind: OperationKind<PoolAttributes> = {
  name: 'MaxPool',
  sizes: ([x], attributes) => [pooledSizes(x.sizes, attributes)],
  bfloat16: FOLLOWS,
  run: ([x], { size, strides, padding }) => [tf.maxPool(x as tf.Tensor4D, [...size], [...strides], padding)],
  write: (writer, inputs, attributes) => [writer.node('MaxPool', inputs, poolAttributes(attributes))],
  gradient: (program, { inputs: [x], outputs: [y], attributes }, [dy]) => [
    maxPoolGradient(program, [dy!, x, y], attributes),
  ],
};

export const maxPool = operation(maxKind);

const maxGradientKind: OperationKind<PoolAttributes> = {
  name: 'MaxPoolGradient',
  sizes: ([, x]) => [x.sizes],
  run: ([dy, input, output], attributes) => [
    runKernel('MaxPoolGrad', { dy, input, output }, kernelAttributes(attributes)),
  ],
  write: (writer, [dy, x, y], attributes) => [
    writer.node('MaxPoolGrad', [x, y, dy], poolAttributes(attributes)),
  ],
};

const maxPoolGradient = operation(maxGradientKind);

/** The mean of each window, per channel. Padding doesn't count. */
const averageKind: OperationKind<PoolAttributes> = {
  name: 'AveragePool',
  sizes: ([x], attributes) => [pooledSizes(x.sizes, attributes)],
  bfloat16: FOLLOWS,
  run: ([x], { size, strides, padding }) => [tf.avgPool(x as tf.Tensor4D, [...size], [...strides], padding)],
  write: (writer, inputs, attributes) => [writer.node('AvgPool', inputs, poolAttributes(attributes))],
  gradient: (program, { inputs: [x], attributes }, [dy]) => [
    averagePoolGradient(program, [dy!], { ...attributes, inputSizes: innerSizes(x) }),
  ],
};

export const averagePool = operation(averageKind);

interface AverageGradientAttributes extends PoolAttributes {
  readonly inputSizes: readonly number[];
}

const averageGradientKind: OperationKind<AverageGradientAttributes> = {
  name: 'AveragePoolGradient',
  sizes: ([dy], { inputSizes }) => [[dy.sizes[0], ...inputSizes]],
  run([dy], { inputSizes, ...attributes }) {
    // The kernel takes the input, but reads only its shape, on every backend.
    const input = tf.tidy(() => tf.zeros([dy.shape[0], ...inputSizes]));
    const gradient = runKernel('AvgPoolGrad', { dy, input }, kernelAttributes(attributes));
    input.dispose();
    return [gradient];
  },
  write: (writer, [dy], { inputSizes, ...attributes }) => [
    writer.node('AvgPoolGrad', [writer.sizes([null, ...inputSizes]), dy], poolAttributes(attributes)),
  ],
};

const averagePoolGradient = operation(averageGradientKind);

function pooledSizes(sizes: readonly (number | null)[], { size, ...window }: PoolAttributes) {
  return [sizes[0], ...outputSizes(sizes, size, window), sizes[3]];
}

function kernelAttributes({ size, strides, padding }: PoolAttributes) {
  return { filterSize: [...size], strides: [...strides], pad: padding };
}

function poolAttributes({ size, ...window }: PoolAttributes): NodeAttributes {
  return { ...windowAttributes(window), ksize: { ints: [1, ...size, 1] } };
}

/** The mean over height and width: [n, h, w, c] → [n, c]. */
const spatialMeanKind: OperationKind<object> = {
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

export const spatialMean = operation(spatialMeanKind);

interface SpreadAttributes {
  readonly inputSizes: readonly number[];
}

/** The gradient of a spatial mean: each number divided by the number of pixels, repeated for every pixel. */
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
