import * as tf from '@tensorflow/tfjs-core';
import { FLOAT } from '../node-writer';
import { type OperationKind, operation } from '../operation';
import { allButLast } from './all-but-last';

/** The sum over everything but the last axis: the gradient of a number a channel that is added to all. */
const kind: OperationKind<object> = {
  name: 'BiasGradient',
  sizes: ([dy]) => [[dy.sizes.at(-1)!]],
  run: ([dy]) => [tf.sum(dy, allButLast(dy.rank))],
  write: (writer, inputs) => [writer.node('BiasAddGrad', inputs, FLOAT)],
};

export const biasGradient = operation(kind);
