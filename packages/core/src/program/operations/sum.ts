import * as tf from '@tensorflow/tfjs-core';
import { type OperationKind, operation } from '../ir';
import { FLOAT } from '../node-writer';
import { type Activation, activate, beforeActivation, writeActivation } from './activation';

interface AddAttributes {
  readonly activation?: Activation;
}

/** The sum of arrays of the same sizes, and an activation of it. */
const kind: OperationKind<AddAttributes> = {
  name: 'Add',
  sizes: ([first]) => [first.sizes],
  run: (inputs, { activation }) => [
    tf.tidy(() =>
      activate(inputs.length === 2 ? tf.add(inputs[0], inputs[1]) : tf.addN([...inputs]), activation),
    ),
  ],
  write(writer, inputs, { activation }) {
    // Not AddV2: TensorFlow adds an AddN in the convolution before it, and a ReLU behind it (grappler's remapper, for oneDNN).
    const sum = writer.node('AddN', inputs, { ...FLOAT, N: { i: inputs.length } });
    return [writeActivation(writer, sum, activation)];
  },
  gradient(program, { outputs, inputs, attributes: { activation } }, [dy]) {
    const gradient = beforeActivation(program, dy!, outputs[0], activation);
    return inputs.map(() => gradient);
  },
};

export const add = operation(kind);
