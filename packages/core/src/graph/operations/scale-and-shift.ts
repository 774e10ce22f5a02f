import * as tf from '@tensorflow/tfjs-core';
import { FLOAT } from '../node-writer';
import { type OperationKind, operation } from '../operation';
import { type Activation, activate, beforeActivation, writeActivation } from './activation';
import { biasGradient } from './bias-gradient';
import { channelProducts, scaleChannels } from './scale-channels';

interface ScaleAndShiftAttributes {
  readonly activation?: Activation;
}

/** An array times a factor a channel, plus a number a channel: a BatchNormalization that nothing before it could take in. */
const kind: OperationKind<ScaleAndShiftAttributes> = {
  name: 'ScaleAndShift',
  sizes: ([x]) => [x.sizes],
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

export const scaleAndShift = operation(kind);
