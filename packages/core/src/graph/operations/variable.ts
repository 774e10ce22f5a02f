import type { Variable } from '@tensorflow/tfjs-core';
import { type OperationKind, operation } from '../operation';

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
