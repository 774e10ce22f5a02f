import * as tf from '@tensorflow/tfjs-core';
import { type OperationKind, operation, type Sizes, type Value } from '../ir';

interface InputAttributes {
  readonly name: string;
  readonly sizes: Sizes;
  /** The type of the numbers, by default float32. Only pixels may be bytes (uint8). */
  readonly dtype?: 'float32' | 'uint8';
}

/** A value that each run is given: a batch, a learning rate. */
export const inputKind: OperationKind<InputAttributes> = {
  name: 'Input',
  sizes: (_, { sizes }) => [sizes],
  run: (_, { name }) => {
    throw new Error(`program: expected a tensor for its input "${name}"; received none.`);
  },
};

export const input = operation(inputKind);

/** Whether a value is an input of bytes: pixels as they were decoded. */
export function isPixels({ operation: { kind, attributes } }: Value): boolean {
  return kind === (inputKind as typeof kind) && (attributes as InputAttributes).dtype === 'uint8';
}

interface ConstantAttributes {
  readonly values: readonly number[];
  readonly sizes: readonly number[];
}

/** A value that the program itself holds. */
const constantKind: OperationKind<ConstantAttributes> = {
  name: 'Constant',
  sizes: (_, { sizes }) => [sizes],
  run: (_, { values, sizes }) => [tf.tensor([...values], [...sizes], 'float32')],
  write: (writer, _, { values, sizes }) => [writer.floats(values, sizes)],
};

export const constant = operation(constantKind);
