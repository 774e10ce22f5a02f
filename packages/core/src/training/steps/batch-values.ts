import type * as tf from '@tensorflow/tfjs-core';
import type { Value } from '../../program/ir';
import type { LossProgram } from './training-program';
import type { StepBatch } from './training-step';

/** What a step is given of its batch. */
export function batchValues({ x, y, weights }: LossProgram, batch: StepBatch): Map<Value, tf.Tensor> {
  return new Map<Value, tf.Tensor>([
    [x, batch.x],
    [y, batch.y],
    [weights, batch.weights],
  ]);
}
