import * as tf from '@tensorflow/tfjs-core';
import { DataType, FLOAT } from '../node-writer';
import { type OperationKind, operation } from '../operation';
import { type Sizes, withBatch } from '../value';

interface SliceAttributes {
  readonly begin: readonly number[];
  readonly sizes: Sizes;
}

/** A part of an array, of all images. It stands in gradients only, so that it has none itself. */
const kind: OperationKind<SliceAttributes> = {
  name: 'Slice',
  sizes: (_, { sizes }) => [sizes],
  run: ([x], { begin, sizes }) => [tf.slice(x, [...begin], withBatch(sizes, x.shape[0]))],
  write: (writer, [x], { begin, sizes }) => [
    writer.node('Slice', [x, writer.ints(begin), writer.ints(sizes.map((size) => size ?? -1))], {
      ...FLOAT,
      Index: { type: DataType.int32 },
    }),
  ],
};

export const slice = operation(kind);
