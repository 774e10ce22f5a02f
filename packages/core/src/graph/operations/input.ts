import { type OperationKind, operation } from '../operation';
import type { Sizes } from '../value';

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
