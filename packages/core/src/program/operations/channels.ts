import * as tf from '@tensorflow/tfjs-core';
import { FOLLOWS, type OperationKind, operation, type Sizes } from '../ir';
import { DataType, FLOAT, type NodeWriter } from '../node-writer';
import { type Activation, activate, beforeActivation, writeActivation } from './activation';
import { writeReduction } from './broadcasting';

/** All axes of an array but the last, which are the channels. */
export function allButLast(rank: number): number[] {
  return Array.from({ length: rank - 1 }, (_, axis) => axis);
}

/** The sum over all axes but the last: the gradient of a bias per channel. */
const biasGradientKind: OperationKind<object> = {
  name: 'BiasGradient',
  sizes: ([dy]) => [[dy.sizes.at(-1)!]],
  run: ([dy]) => [tf.sum(dy, allButLast(dy.rank))],
  write(writer, [dy], _, { inputs: [{ type, sizes }] }) {
    if (type === 'float32') return [writer.node('BiasAddGrad', [dy], FLOAT)];
    // TensorFlow's BiasAddGrad sums bfloat16 numbers in bfloat16, so a long sum is wrong. TensorFlow's Sum is precise.
    return [writeSum(writer, dy, sizes)];
  },
};

export const biasGradient = operation(biasGradientKind);

/** An array times one factor per channel. The channels are the last axis. */
const scaleChannelsKind: OperationKind<object> = {
  name: 'ScaleChannels',
  sizes: ([x]) => [x.sizes],
  run: ([x, scale]) => [tf.mul(x, scale)],
  write: (writer, inputs) => [writer.node('Mul', inputs, FLOAT)],
  gradient: (program, { inputs: [x, scale] }, [dy], wanted) => [
    wanted[0] ? scaleChannels(program, [dy!, scale], {}) : undefined,
    wanted[1] ? channelProducts(program, [dy!, x], {}) : undefined,
  ],
};

export const scaleChannels = operation(scaleChannelsKind);

/** The products of two arrays, summed over all axes but the channels. */
const productsKind: OperationKind<object> = {
  name: 'ChannelProducts',
  sizes: ([x]) => [[x.sizes.at(-1)!]],
  run: ([a, b]) => [tf.tidy(() => tf.sum(tf.mul(a, b), allButLast(a.rank)))],
  write(writer, inputs, _, { inputs: [{ sizes }] }) {
    return [writeSum(writer, writer.node('Mul', inputs, FLOAT), sizes)];
  },
};

const channelProducts = operation(productsKind);

/** The sum over all axes but the last. */
function writeSum<T>(writer: NodeWriter<T>, x: T, { length: rank }: Sizes): T {
  return writeReduction(writer, 'Sum', x, { axes: allButLast(rank), keepDims: false });
}

/** An array with its channels in reverse order. */
const reverseKind: OperationKind<object> = {
  name: 'ReverseChannels',
  sizes: ([x]) => [x.sizes],
  run: ([x]) => [tf.reverse(x, -1)],
  write: (writer, [x], _, { inputs: [{ sizes }] }) => [
    writer.node('ReverseV2', [x, writer.ints([sizes.length - 1])], {
      ...FLOAT,
      Tidx: { type: DataType.int32 },
    }),
  ],
  gradient: (program, _, [dy]) => [reverseChannels(program, [dy!], {})],
};

export const reverseChannels = operation(reverseKind);

interface ScaleAndShiftAttributes {
  readonly activation?: Activation;
}

/**
 * An array times a factor per channel, plus a number per channel: a BatchNormalization with fixed statistics that could
 * not be folded into a convolution before it.
 */
const scaleAndShiftKind: OperationKind<ScaleAndShiftAttributes> = {
  name: 'ScaleAndShift',
  sizes: ([x]) => [x.sizes],
  bfloat16: FOLLOWS,
  run: ([x, scale, shift], { activation }) => [
    tf.tidy(() => activate(tf.add(tf.mul(x, scale), shift), activation)),
  ],
  write(writer, [x, scale, shift], { activation }) {
    const scaled = writer.node('Mul', [x, scale], FLOAT);
    return [writeActivation(writer, writer.node('BiasAdd', [scaled, shift], FLOAT), activation)];
  },
  gradient(program, { inputs: [x, scale], outputs, attributes: { activation } }, [dy], wanted) {
    const gradient = beforeActivation(program, dy!, outputs[0], activation);
    return [
      wanted[0] ? scaleChannels(program, [gradient, scale], {}) : undefined,
      wanted[1] ? channelProducts(program, [gradient, x], {}) : undefined,
      wanted[2] ? biasGradient(program, [gradient], {}) : undefined,
    ];
  },
};

export const scaleAndShift = operation(scaleAndShiftKind);
