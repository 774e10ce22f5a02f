import * as tf from '@tensorflow/tfjs-core';
import { type OperationKind, operation } from '../operation';

interface LossCallAttributes {
  readonly loss: (yTrue: tf.Tensor2D, yPred: tf.Tensor2D) => tf.Tensor1D;
}

/** The losses of images [n] by a function of tensors, from labels and what the model gave. */
const kind: OperationKind<LossCallAttributes> = {
  name: 'LossCall',
  sizes: ([, yPred]) => [[yPred.sizes[0]]],
  run: ([yTrue, yPred], { loss }) => [loss(yTrue as tf.Tensor2D, yPred as tf.Tensor2D)],
  gradient: (program, { inputs: [yTrue, yPred], attributes }, [dy]) => [
    undefined,
    gradientOf(program, [dy!, yTrue, yPred], attributes),
  ],
};

export const lossCall = operation(kind);

const gradientKind: OperationKind<LossCallAttributes> = {
  name: 'LossGradient',
  sizes: ([, , yPred]) => [yPred.sizes],
  run: ([dy, yTrue, yPred], { loss }) => [
    tf.tidy(
      () => tf.grad((y) => loss(yTrue as tf.Tensor2D, y as tf.Tensor2D))(yPred, dy) ?? tf.zerosLike(yPred),
    ),
  ],
};

const gradientOf = operation(gradientKind);
