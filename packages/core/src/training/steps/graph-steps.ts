import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { NotAProgramError } from '../../model/not-a-program-error';
import { graphSession } from '../../run/tensorflow/graph-session';
import { GraphVariables } from '../../run/tensorflow/graph-variables';
import { GraphWriter } from '../../run/tensorflow/graph-writer';
import type { NativeBackend } from '../../run/tensorflow/native-backend';
import { SessionValues } from '../../run/tensorflow/session-values';
import { type WrittenProgram, writeProgram } from '../../run/tensorflow/write-program';
import type { Loss } from '../loss';
import type { Optimizer } from '../optimizers/optimizer';
import { batchValues } from './batch-values';
import { dropoutMask } from './dropout-mask';
import {
  evaluationProgram,
  type LossProgram,
  type ProgramOptions,
  trainingProgram,
} from './training-program';
import type { StepBatch, StepResult, TrainingSteps } from './training-step';
import { writeOptimizer } from './write-optimizer';
import { writtenTo } from './written-to';

/**
 * Steps of one TensorFlow graph each, forward pass, gradients and optimizer in it, on the native backend.
 *
 * The weights that change live in the graph's session alone from `begin` to `dispose`: whoever reads the model's variables
 * meanwhile reads them there.
 *
 * @throws NotAProgramError where the model, the loss or the optimizer can't become a graph.
 */
export function graphSteps(
  backend: NativeBackend,
  model: LayersModel,
  loss: Loss,
  learning: readonly tf.Variable[],
  optimizer: Optimizer,
  options: ProgramOptions = {},
): TrainingSteps {
  if (!loss.operation) throw new NotAProgramError('the loss is a function of tensors');
  const training = trainingProgram(model, loss, learning, options);
  const evaluation = evaluationProgram(model, loss, options);
  const { gradients, updates, dropouts } = training;
  const changing = [...new Set([...gradients.keys(), ...updates.map(({ variable }) => variable)])];

  const writer = new GraphWriter();
  const variables = new GraphVariables(writer, new Set(changing));
  const trained = writeProgram(variables, training.program.operations, training.fetches);
  const moved = updates.map(({ variable, value }) =>
    writer.assign(variables.handle(variable), trained.nameOf(value)),
  );
  const updating = writeOptimizer(variables, optimizer, gradients, trained.nameOf);
  const steps = updating.kinds.map((updates) => writer.done([...updates, ...moved]));
  const evaluated = writeProgram(variables, evaluation.program.operations, [
    evaluation.loss,
    evaluation.scores,
  ]);
  const outputs = ({ loss, scores }: LossProgram, { nameOf }: WrittenProgram) => [
    nameOf(loss),
    nameOf(scores),
  ];
  const ofTraining = outputs(training, trained);
  const ofEvaluation = outputs(evaluation, evaluated);
  const read = changing.map((variable) => writer.copy(variables.read(variable)));
  const write = writer.done(variables.assignments);
  const reset = writer.done(updating.resets);
  const session = graphSession(backend, writer.graph);

  const written = writtenTo(model);
  const values = new SessionValues(changing, () => session.run(new Map(), read));
  let begun = false;
  const handOver = () => {
    values.holdAll();
    written();
  };
  const run = (inputs: ReadonlyMap<string, tf.Tensor>, names: readonly string[]) => {
    const results = session.run(inputs, names);
    tf.dispose(results.slice(2));
    return { loss: results[0], scores: results[1] } satisfies StepResult;
  };

  return {
    way: 'graph',
    begin() {
      if (written() || !begun) {
        values.outdate();
        const given = new Map([...variables.given].map(([variable, name]) => [name, variable as tf.Tensor]));
        tf.dispose(session.run(given, [write]));
      }
      handOver();
      if (begun) return;
      // Where the variables were.
      tf.dispose(session.run(new Map(), [reset]));
      begun = true;
    },
    train(batch, random) {
      const masks = dropouts.map((dropout) => dropoutMask(dropout, batch.x.shape[0], random));
      const scalars = updating.scalars(optimizer);
      const inputs = inputsOf(training, trained, batch);
      for (const [i, { mask }] of dropouts.entries()) inputs.set(trained.inputs.get(mask)!, masks[i]);
      for (const [name, scalar] of scalars.given) inputs.set(name, scalar);
      values.outdate();
      try {
        return run(inputs, [...ofTraining, steps[scalars.kind]]);
      } finally {
        tf.dispose([...masks, ...scalars.given.values()]);
      }
    },
    evaluate: (batch) => run(inputsOf(evaluation, evaluated, batch), ofEvaluation),
    end: handOver,
    dispose() {
      values.releaseAll();
      session.dispose();
    },
  };
}

function inputsOf(
  program: LossProgram,
  { inputs }: WrittenProgram,
  batch: StepBatch,
): Map<string, tf.Tensor> {
  return new Map([...batchValues(program, batch)].map(([value, tensor]) => [inputs.get(value)!, tensor]));
}
