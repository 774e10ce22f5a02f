import type { Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { type OperationKind, operation, type Sizes } from '../ir';

interface InputAttributes {
  readonly name: string;
  readonly sizes: Sizes;
}

/** What each run is given anew: a batch, a learning rate. */
export const inputKind: OperationKind<InputAttributes> = {
  name: 'Input',
  sizes: (_, { sizes }) => [sizes],
  run: (_, { name }) => {
    throw new Error(`program: expected a tensor for its input "${name}"; received none.`);
  },
};

export const input = operation(inputKind);

interface ConstantAttributes {
  readonly values: readonly number[];
  readonly sizes: readonly number[];
}

/** Numbers that the program itself holds. */
const constantKind: OperationKind<ConstantAttributes> = {
  name: 'Constant',
  sizes: (_, { sizes }) => [sizes],
  run: (_, { values, sizes }) => [tf.tensor([...values], [...sizes], 'float32')],
  write: (writer, _, { values, sizes }) => [writer.floats(values, sizes)],
};

export const constant = operation(constantKind);

interface VariableAttributes {
  readonly variable: Variable;
}

/** A weight, as it is when the run begins. */
export const variableKind: OperationKind<VariableAttributes> = {
  name: 'Variable',
  sizes: (_, { variable }) => [variable.shape],
  run: (_, { variable }) => [variable.clone()],
};

export const variable = operation(variableKind);
