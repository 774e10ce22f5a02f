import * as tf from '@tensorflow/tfjs-core';
import type { DropoutMask } from '../../model/model-program-builder';
import { type Value, withBatch } from '../../program/ir';
import { NotFiniteError, type PreparedProgram } from '../../run/prepared-program';
import type { BatchValues, StepProgram } from './step-program';
import {
  NotFiniteStepError,
  type StepBatch,
  type StepResult,
  type StepSettings,
  type TrainingSteps,
} from './training-step';

/** Training steps by a prepared program. */
export function programSteps(
  way: 'graph' | 'plan',
  program: PreparedProgram,
  { entries, training, evaluation, learningRate, averageShare, dropouts, checked, every }: StepProgram,
): TrainingSteps {
  const whereNot = async (inputs: ReadonlyMap<Value, tf.Tensor>): Promise<string> => {
    const numbers = await program.run('diagnose', inputs);
    const [loss, ...of] = await Promise.all(numbers.map(async (tensor) => (await tensor.data())[0]));
    tf.dispose(numbers);
    const worst = of.findIndex((number) => !Number.isFinite(number));
    if (worst < 0) return `the loss is ${loss}`;
    const { state, what } = checked[worst];
    return `the loss is ${loss}, and the ${what} of "${state.name}" is not finite`;
  };
  return {
    way,
    program,
    async train(batch, { learningRate: rate, averageShare: share = 1, random, step }: StepSettings) {
      const inputs = batchInputs(training, batch);
      const made = new Map<Value, tf.Tensor>([[learningRate, tf.scalar(rate)]]);
      if (averageShare) made.set(averageShare, tf.scalar(share));
      for (const dropout of dropouts) {
        made.set(dropout.mask, dropoutMask(dropout, batch.x.shape[0] as number, random));
      }
      for (const [value, tensor] of made) inputs.set(value, tensor);
      const moves = !entries.accumulate || (step + 1) % every === 0;
      try {
        return result(await program.run(moves ? 'update' : 'accumulate', inputs));
      } catch (error) {
        if (!(error instanceof NotFiniteError)) throw error;
        throw new NotFiniteStepError(await whereNot(inputs), { cause: error });
      } finally {
        tf.dispose([...made.values()]);
      }
    },
    async evaluate(batch) {
      return result(await program.run('evaluate', batchInputs(evaluation, batch)));
    },
    dispose: () => program.dispose(),
  };
}

function result([loss, scores]: readonly tf.Tensor[]): StepResult {
  return { loss, scores };
}

function batchInputs({ x, bytes, y, known, weights }: BatchValues, batch: StepBatch): Map<Value, tf.Tensor> {
  const areBytes = bytes && batch.x.dtype !== 'float32';
  return new Map<Value, tf.Tensor>([
    [areBytes ? bytes : x, batch.x],
    [y, batch.y],
    [known, batch.known],
    [weights, batch.weights],
  ]);
}

/** Draws the random numbers of one mask for one step. The caller disposes the tensor. */
function dropoutMask({ mask, draw }: DropoutMask, images: number, random: () => number): tf.Tensor {
  const sizes = withBatch(mask.sizes, images);
  const numbers = new Float32Array(tf.util.sizeFromShape(sizes));
  for (let i = 0; i < numbers.length; i++) numbers[i] = draw(random);
  return tf.tensor(numbers, sizes);
}
