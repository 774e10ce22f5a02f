import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { hasPenalties, modelProgram } from '../../model/model-program';
import type { DropoutMask, VariableUpdate } from '../../model/model-program-builder';
import { NotAProgramError } from '../../model/not-a-program-error';
import { gradients } from '../../program/autodiff';
import type { NumberType, Program, Value } from '../../program/ir';
import { lossCall } from '../../program/operations/calls';
import { weightedMean } from '../../program/operations/losses';
import { constant, input } from '../../program/operations/sources';
import { foldLate } from '../../program/passes/fold-late';
import { recompute } from '../../program/passes/recompute';
import type { Loss } from '../loss';

/** A model and its loss as a program. */
export interface LossProgram {
  readonly program: Program;
  readonly x: Value;
  readonly y: Value;
  readonly weights: Value;
  readonly loss: Value;
  readonly scores: Value;
}

/** The same in training. */
export interface TrainingProgram extends LossProgram {
  readonly dropouts: readonly DropoutMask[];
  /** Of the variables that learn and that the loss depends on. */
  readonly gradients: ReadonlyMap<Variable, Value>;
  /** The variables that move by themselves. */
  readonly updates: readonly VariableUpdate[];
  /** All that a step computes: loss, scores, the updates' values, the gradients, in this order. */
  readonly fetches: readonly Value[];
}

export interface ProgramOptions {
  /** Whether the backward pass computes the forward pass anew, to save memory. */
  readonly recomputes?: boolean;
  /** What convolutions and products are computed in; default float32. */
  readonly type?: NumberType;
}

/**
 * What a step of training computes.
 *
 * @throws NotAProgramError where the model can't be planned, or its layers add to the loss.
 */
export function trainingProgram(
  model: LayersModel,
  loss: Loss,
  learning: readonly Variable[],
  { recomputes = false, type = 'float32' }: ProgramOptions = {},
): TrainingProgram {
  if (hasPenalties(model)) throw new NotAProgramError('its layers have regularizers');
  const { lossProgram, plan } = withLoss(model, loss, true, type);
  const learned = learning.filter((variable) => plan.variables.has(variable));
  const ofLearning = learned.map((variable) => plan.variables.get(variable)!);
  const forward = plan.program.operations.length;
  const one = constant(plan.program, [], { values: [1], sizes: [] });
  const found = gradients(plan.program, lossProgram.loss, one, ofLearning);
  const late = foldLate(plan.program, forward, ofLearning);
  const gradientOf = new Map(
    learned.flatMap((variable) => {
      const gradient = found.get(plan.variables.get(variable)!);
      return gradient ? [[variable, gradient]] : [];
    }),
  );
  const moved = plan.updates.map(({ value }) => value);
  return {
    ...lossProgram,
    program: recomputes ? recompute(late, forward) : late,
    dropouts: plan.dropouts,
    updates: plan.updates,
    gradients: gradientOf,
    fetches: [lossProgram.loss, lossProgram.scores, ...moved, ...gradientOf.values()],
  };
}

/** What a step without training computes. */
export function evaluationProgram(
  model: LayersModel,
  loss: Loss,
  { type = 'float32' }: Pick<ProgramOptions, 'type'> = {},
): LossProgram {
  return withLoss(model, loss, false, type).lossProgram;
}

function withLoss(model: LayersModel, loss: Loss, training: boolean, type: NumberType) {
  const plan = modelProgram(model, { training, type });
  const { program, inputs, outputs } = plan;
  if (inputs.length !== 1 || outputs.length !== 1) {
    throw new NotAProgramError('it has several inputs or outputs');
  }
  const [scores] = outputs;
  const y = input(program, [], { name: 'y', sizes: scores.sizes });
  const weights = input(program, [], { name: 'weights', sizes: [null] });
  const losses = loss.operation
    ? loss.operation(program, y, scores)
    : lossCall(program, [y, scores], { loss });
  const mean = weightedMean(program, [losses, weights], {});
  return { plan, lossProgram: { program, x: inputs[0], y, weights, loss: mean, scores } };
}
