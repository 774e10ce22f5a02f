import * as tf from '@tensorflow/tfjs-core';
import { FOLLOWS, type OperationKind, operation } from '../ir';
import { FLOAT } from '../node-writer';
import { type Activation, activate, beforeActivation, writeActivation } from './activation';
import { broadcastSizes, sameSizes, summedTo } from './broadcasting';

interface AddAttributes {
  readonly activation?: Activation;
}

/** The sum of arrays, with broadcasting and an optional activation. */
const kind: OperationKind<AddAttributes> = {
  name: 'Add',
  sizes: (inputs) => [broadcastSizes('Add', inputs)],
  bfloat16: FOLLOWS,
  run: (inputs, { activation }, { inputs: values, outputs: [y] }) => [
    tf.tidy(() => {
      const same = inputs.length > 2 && values.every(({ sizes }) => sameSizes(sizes, y.sizes));
      const sum = same ? tf.addN([...inputs]) : inputs.reduce((total, input) => tf.add(total, input));
      return activate(sum, activation);
    }),
  ],
  write(writer, inputs, { activation }, { inputs: values, outputs: [y] }) {
    const same = values.every(({ sizes }) => sameSizes(sizes, y.sizes));
    // AddN rather than AddV2 if all sizes are equal: for oneDNN, grappler's remapper fuses an AddN, and a ReLU behind it,
    // into the convolution before it.
    const sum = same
      ? writer.node('AddN', inputs, { ...FLOAT, N: { i: inputs.length } })
      : inputs.reduce((total, input) => writer.node('AddV2', [total, input], FLOAT));
    return [writeActivation(writer, sum, activation)];
  },
  gradient(program, { outputs, inputs, attributes: { activation } }, [dy], wanted) {
    const gradient = beforeActivation(program, dy!, outputs[0], activation);
    return inputs.map(({ sizes }, i) => (wanted[i] ? summedTo(program, gradient, sizes) : undefined));
  },
};

export const add = operation(kind);
