import * as tf from '@tensorflow/tfjs-core';
import { DataType, FLOAT } from '../node-writer';
import { type OperationKind, operation } from '../operation';
import { allButLast } from './all-but-last';

/** An array times one factor a channel, the channels being its last axis. */
const kind: OperationKind<object> = {
  name: 'ScaleChannels',
  sizes: ([x]) => [x.sizes],
  run: ([x, scale]) => [tf.mul(x, scale)],
  write: (writer, inputs) => [writer.node('Mul', inputs, FLOAT)],
  gradient: (program, { inputs: [x, scale] }, [dy], wanted) => [
    wanted[0] ? scaleChannels(program, [dy!, scale], {}) : undefined,
    wanted[1] ? channelProducts(program, [dy!, x], {}) : undefined,
  ],
};

export const scaleChannels = operation(kind);

/** The sum of two arrays' products over everything but the channels. */
const productsKind: OperationKind<object> = {
  name: 'ChannelProducts',
  sizes: ([x]) => [[x.sizes.at(-1)!]],
  run: ([a, b]) => [tf.tidy(() => tf.sum(tf.mul(a, b), allButLast(a.rank)))],
  write(writer, inputs, _, { inputs: [{ sizes }] }) {
    const axes = writer.ints(allButLast(sizes.length));
    return [
      writer.node('Sum', [writer.node('Mul', inputs, FLOAT), axes], {
        ...FLOAT,
        Tidx: { type: DataType.int32 },
        keep_dims: { b: false },
      }),
    ];
  },
};

export const channelProducts = operation(productsKind);
