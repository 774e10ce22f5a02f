import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { programRunner } from '../../run/interpret';
import type { Loss } from '../loss';
import type { Optimizer } from '../optimizers/optimizer';
import { batchValues } from './batch-values';
import { dropoutMask } from './dropout-mask';
import { evaluationProgram, trainingProgram } from './training-program';
import type { TrainingSteps } from './training-step';
import { writtenTo } from './written-to';

/**
 * Steps run op by op, on any backend.
 *
 * @throws NotAProgramError where the model can't become a program.
 */
export function planSteps(
  model: LayersModel,
  loss: Loss,
  learning: readonly tf.Variable[],
  optimizer: Optimizer,
  recomputes = false,
): TrainingSteps {
  const training = trainingProgram(model, loss, learning, { recomputes });
  const evaluation = evaluationProgram(model, loss);
  const { gradients, updates, dropouts } = training;
  const moving = updates.map(({ variable }) => variable);
  const learned = [...gradients.keys()];
  const changing = new Set([...learned, ...moving]);
  const trained = programRunner(training.program, training.fetches, changing);
  const evaluated = programRunner(evaluation.program, [evaluation.loss, evaluation.scores], changing);
  const constants = writtenTo(model, changing);

  return {
    way: 'plan',
    begin() {
      if (!constants()) return;
      trained.settle();
      evaluated.settle();
    },
    train(batch, random) {
      const inputs = batchValues(training, batch);
      for (const dropout of dropouts) {
        inputs.set(dropout.mask, dropoutMask(dropout, batch.x.shape[0], random));
      }
      const [lossOf, scores, ...rest] = trained.run(inputs);
      tf.dispose(dropouts.map(({ mask }) => inputs.get(mask)!));
      for (const [i, variable] of moving.entries()) variable.assign(rest[i]);
      const found = Object.fromEntries(learned.map(({ name }, i) => [name, rest[moving.length + i]]));
      optimizer.apply(learned, found);
      tf.dispose(rest);
      return { loss: lossOf, scores };
    },
    evaluate(batch) {
      const [lossOf, scores] = evaluated.run(batchValues(evaluation, batch));
      return { loss: lossOf, scores };
    },
    end() {},
    dispose() {
      trained.dispose();
      evaluated.dispose();
    },
  };
}
