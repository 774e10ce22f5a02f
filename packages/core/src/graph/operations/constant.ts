import * as tf from '@tensorflow/tfjs-core';
import { type OperationKind, operation } from '../operation';

interface ConstantAttributes {
  readonly values: readonly number[];
  readonly sizes: readonly number[];
}

/** Numbers that the program itself holds. */
const kind: OperationKind<ConstantAttributes> = {
  name: 'Constant',
  sizes: (_, { sizes }) => [sizes],
  run: (_, { values, sizes }) => [tf.tensor([...values], [...sizes], 'float32')],
  write: (writer, _, { values, sizes }) => [writer.floats(values, sizes)],
};

export const constant = operation(kind);
