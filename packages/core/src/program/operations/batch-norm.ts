import * as tf from '@tensorflow/tfjs-core';
import { type OperationKind, operation, type Program, type Sizes, type Value } from '../ir';
import { DataType, FLOAT, FLOAT32, type NodeAttributes, type NodeWriter } from '../node-writer';
import { allButLast } from './channels';
import { writeReshape } from './shape';

interface BatchNormAttributes {
  readonly epsilon: number;
}

/**
 * BatchNormalization of the last axis with the statistics of the batch. Inputs: x, gamma, beta. Outputs: the normalised
 * array, the mean and the biased variance of the batch, and three arrays that TensorFlow's gradient kernel needs.
 */
const batchNormKind: OperationKind<BatchNormAttributes> = {
  name: 'BatchNorm',
  sizes: ([x, gamma]) => [x.sizes, gamma.sizes, gamma.sizes, gamma.sizes, gamma.sizes, []],
  // TensorFlow's kernel keeps statistics, gamma and beta in float32.
  types: ([x]) => [x.type, ...new Array(5).fill('float32')],
  bfloat16: { as: 'follows', inputs: 1 },
  run: ([x, gamma, beta], { epsilon }) =>
    tf.tidy(() => {
      const { mean, variance } = tf.moments(x, allButLast(x.rank));
      const scale = tf.mul(tf.rsqrt(tf.add(variance, epsilon)), gamma);
      const y = tf.add(tf.mul(tf.sub(x, mean), scale), beta);
      return [y, mean, variance, tf.clone(mean), tf.clone(variance), tf.scalar(0)];
    }),
  write(writer, [x, gamma, beta], { epsilon }, { inputs: [{ sizes }] }) {
    // The kernel can also update moving statistics. `movingAverage` does that instead, as Keras does.
    const none = writer.floats([], [0], 'float32');
    const [y, mean, unbiased, ...reserved] = writer.nodes(
      'FusedBatchNormV3',
      [asMap(writer, x, sizes), gamma, beta, none, none],
      fusedAttributes(epsilon),
      6,
    );
    return [asBefore(writer, y, sizes), mean, biased(writer, unbiased, x, sizes), ...reserved];
  },
  gradient: (program, { inputs: [x, gamma], outputs: [, , , ...reserved], attributes }, [dy]) =>
    program.add(batchNormGradientKind, [dy!, x, gamma, ...reserved], attributes),
};

/** The normalised array, then the batch's mean and biased variance per channel. */
export function batchNorm(
  program: Program,
  inputs: readonly [x: Value, gamma: Value, beta: Value],
  attributes: BatchNormAttributes,
): readonly Value[] {
  return program.add(batchNormKind, inputs, attributes);
}

const batchNormGradientKind: OperationKind<BatchNormAttributes> = {
  name: 'BatchNormGradient',
  sizes: ([dy, , gamma]) => [dy.sizes, gamma.sizes, gamma.sizes],
  types: ([dy]) => [dy.type, 'float32', 'float32'],
  run: ([dy, x, gamma, mean, variance], { epsilon }) =>
    tf.tidy(() => {
      const axes = allButLast(x.rank);
      const inverse = tf.rsqrt(tf.add(variance, epsilon));
      const normalized = tf.mul(tf.sub(x, mean), inverse);
      const ofBeta = tf.sum(dy, axes);
      const ofGamma = tf.sum(tf.mul(dy, normalized), axes);
      const count = x.size / gamma.size;
      const through = tf.add(tf.mul(normalized, tf.div(ofGamma, count)), tf.div(ofBeta, count));
      return [tf.mul(tf.sub(dy, through), tf.mul(inverse, gamma)), ofGamma, ofBeta];
    }),
  write(writer, [dy, x, gamma, ...reserved], { epsilon }, { inputs: [{ sizes }] }) {
    const [dx, ofGamma, ofBeta] = writer.nodes(
      'FusedBatchNormGradV3',
      [asMap(writer, dy, sizes), asMap(writer, x, sizes), gamma, ...reserved],
      fusedAttributes(epsilon),
      5,
    );
    return [asBefore(writer, dx, sizes), ofGamma, ofBeta];
  },
};

interface MovingAverageAttributes {
  readonly momentum: number;
}

/** `moving · momentum + batch · (1 − momentum)`. */
const movingKind: OperationKind<MovingAverageAttributes> = {
  name: 'MovingAverage',
  sizes: ([moving]) => [moving.sizes],
  run: ([moving, batch], { momentum }) => [
    tf.tidy(() => tf.add(tf.mul(moving, momentum), tf.mul(batch, 1 - momentum))),
  ],
  write(writer, [moving, batch], { momentum }) {
    const times = (x: typeof moving, factor: number) =>
      writer.node('Mul', [x, writer.floats([factor], [])], FLOAT);
    return [writer.node('AddV2', [times(moving, momentum), times(batch, 1 - momentum)], FLOAT)];
  },
};

export const movingAverage = operation(movingKind);

function fusedAttributes(epsilon: number): NodeAttributes {
  return {
    ...FLOAT,
    U: { type: DataType.float },
    epsilon: { f: epsilon },
    data_format: { s: 'NHWC' },
    is_training: { b: true },
  };
}

/** An array of any rank as a map [n, h, w, c], which the kernel takes: other arrays become maps of one pixel. */
function asMap<T>(writer: NodeWriter<T>, x: T, sizes: Sizes): T {
  return sizes.length === 4 ? x : writeReshape(writer, x, [-1, 1, 1, Number(sizes.at(-1))]);
}

function asBefore<T>(writer: NodeWriter<T>, y: T, sizes: Sizes): T {
  return sizes.length === 4
    ? y
    : writeReshape(
        writer,
        y,
        sizes.map((size) => size ?? -1),
      );
}

/** The variance with n as divisor, as in Keras. TensorFlow's kernel divides by n − 1. */
function biased<T>(writer: NodeWriter<T>, unbiased: T, x: T, sizes: Sizes): T {
  const size = writer.node('Size', [x], { ...FLOAT, out_type: { type: DataType.int32 } });
  const count = writer.node('Cast', [size], {
    SrcT: { type: DataType.int32 },
    DstT: { type: DataType.float },
  });
  const channels = writer.floats([Number(sizes.at(-1))], [], 'float32');
  const share = writer.node('RealDiv', [writer.node('Sub', [count, channels], FLOAT32), count], FLOAT32);
  return writer.node('Mul', [unbiased, share], FLOAT32);
}

/** `1 / √(variance + ε)`. This operation has no gradient, because moving variances never learn. */
const inverseDeviationKind: OperationKind<{ readonly epsilon: number }> = {
  name: 'InverseDeviation',
  sizes: ([variance]) => [variance.sizes],
  run: ([variance], { epsilon }) => [tf.tidy(() => tf.rsqrt(tf.add(variance, epsilon)))],
  write(writer, [variance], { epsilon }) {
    const raised = writer.node('AddV2', [variance, writer.floats([epsilon], [])], FLOAT);
    return [writer.node('Rsqrt', [raised], FLOAT)];
  },
};

export const inverseDeviation = operation(inverseDeviationKind);
