import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Preprocessing } from '../../backbones/backbone';
import { imageLosses } from '../../losses/define-loss';
import type { Loss } from '../../losses/loss';
import { withLogits } from '../../model/logits';
import { type ModelProgram, modelProgram } from '../../model/model-program';
import type { DropoutMask } from '../../model/model-program-builder';
import { stateOf } from '../../model/state-of';
import type { Optimizer } from '../../optimizers/optimizer';
import { optimizerProgram } from '../../optimizers/optimizer-program';
import { gradients } from '../../program/autodiff';
import {
  type Entry,
  NotAProgramError,
  type NumberType,
  type Operation,
  type State,
  type Value,
} from '../../program/ir';
import { lossCall } from '../../program/operations/calls';
import { constant, input } from '../../program/operations/sources';
import { assign, halfSquares } from '../../program/operations/updates';
import { weightedMean } from '../../program/operations/weighted-mean';
import { opsOf } from '../../program/ops';
import { foldLate } from '../../program/passes/fold-late';
import { recompute } from '../../program/passes/recompute';

/** The parts that a step's program is built from. */
export interface StepProgramOptions {
  readonly model: LayersModel;
  /** The preprocessing of pixels; undefined if the model reads features. */
  readonly preprocessing?: Preprocessing;
  readonly loss: Loss;
  /** Whether sample weights are per image and label, not per image. */
  readonly labelWeights?: boolean;
  /** The variables that learn. */
  readonly learning: readonly Variable[];
  /** Names of variables that are the same in every process. */
  readonly names?: ReadonlyMap<Variable, string>;
  readonly optimizer: Optimizer;
  /** Whether the backward pass computes the forward pass a second time, to save memory. */
  readonly recompute?: boolean;
  /** The number type that convolutions and matrix products compute in; default float32. */
  readonly type?: NumberType;
  /** Whether the model holds averages of the learning weights. */
  readonly averages?: boolean;
  /** The rate at which the last learning residual branch is dropped; default 0. */
  readonly stochasticDepth?: number;
}

/** The inputs of the program that a batch is given as. */
export interface BatchValues {
  readonly x: Value;
  /** Set if pixels may be given as bytes. */
  readonly bytes?: Value;
  readonly y: Value;
  readonly known: Value;
  readonly weights: Value;
}

/** Everything that the steps of a phase compute, as entries. */
export interface StepProgram {
  readonly entries: {
    /** A training step that updates the weights. Outputs: loss, scores. */
    readonly update: Entry;
    /** A training step that only sums gradients; undefined without accumulation. Outputs: loss, scores. */
    readonly accumulate?: Entry;
    /** A step without training. Outputs: loss, scores. */
    readonly evaluate: Entry;
    /** Outputs: the loss, then per entry of `checked` a number that is finite only if all of that entry's numbers are. */
    readonly diagnose: Entry;
  };
  readonly training: BatchValues;
  readonly evaluation: BatchValues;
  readonly learningRate: Value;
  /** Set if weights are averaged: the share of the new weights in the average. */
  readonly averageShare?: Value;
  /** The number of steps per update of the weights. */
  readonly every: number;
  readonly dropouts: readonly DropoutMask[];
  /** The gradients, and new values of moving averages, that `diagnose` checks, by their states. */
  readonly checked: readonly { readonly state: State; readonly what: 'gradient' | 'moving average' }[];
}

/**
 * Builds the program of a phase's steps: preprocessing, forward pass, loss, gradients, clipping, weight decay and the
 * optimizer's update. A second program computes loss and scores without training.
 *
 * A step whose loss, gradients or moving averages aren't all finite makes no update.
 *
 * @throws NotAProgramError if the model or the optimizer can't be part of a program.
 */
export function stepProgram(options: StepProgramOptions): StepProgram {
  const { learning, optimizer, recompute: recomputes } = options;
  const { rule } = optimizer;
  if (!rule) throw new NotAProgramError('the optimizer has no rule');
  const own = ownStates(options);
  const weights = new Map(learning.map((variable) => [variable, own.learningOf(variable)]));
  const weightOf = (variable: Variable) => weights.get(variable) ?? stateOf(variable);
  const forward = lossProgram(options, true, weightOf);
  const { model: network, loss, scores } = forward;
  const learned = learning.filter((variable) => network.program.reads.has(weightOf(variable)));
  const ofLearning = learned.map((variable) => network.program.read(weightOf(variable)));
  const ahead = network.program.operations.length;
  const one = constant(network.program, [], { values: [1], sizes: [] });
  const found = gradients(network.program, loss, one, ofLearning);
  const gradientOf = new Map<State, Value>();
  const variableOf = new Map<State, Variable>();
  for (const [i, variable] of learned.entries()) {
    const gradient = found.get(ofLearning[i]);
    if (!gradient) continue;
    gradientOf.set(weightOf(variable), gradient);
    variableOf.set(weightOf(variable), variable);
  }
  const late = foldLate(network.program, ahead, ofLearning);
  const program = recomputes ? recompute(late, ahead) : late;

  const ofMoved = network.moved.map(({ value }) => halfSquares(program, value));
  const made = optimizerProgram(program, gradientOf, {
    rule,
    optimizer,
    stateOf: own.slotOf,
    rateFactorOf: (weight) => optimizer.learningRateFactors?.get(variableOf.get(weight)!.name) ?? 1,
    finite: [loss, ...ofMoved],
    constraints: constraintsOf(network, weightOf),
  });
  const averages: Operation[] = [];
  const share = options.averages ? input(program, [], { name: 'averageShare', sizes: [] }) : undefined;
  if (share) {
    const ops = opsOf(program);
    const rest = ops.sub(1, share);
    for (const [weight, value] of made.updated) {
      const average = stateOf(variableOf.get(weight)!);
      const next = ops.add(ops.mul(program.read(average), rest), ops.mul(value, share));
      averages.push(assign(program, average, next, made.guards.update));
    }
  }
  const moves = (after: Value | undefined): Operation[] =>
    network.moved.map(({ state, value }) => assign(program, state, value, after));
  const outputs = [loss, scores];
  const update = { program, outputs, updates: [...made.update, ...averages, ...moves(made.guards.update)] };
  const accumulate =
    made.accumulate.length > 0
      ? { program, outputs, updates: [...made.accumulate, ...moves(made.guards.accumulate)] }
      : undefined;
  const squares = [...gradientOf.values()].map((gradient) => halfSquares(program, gradient));
  const evaluated = lossProgram(options, false, stateOf);
  return {
    entries: {
      update,
      ...(accumulate && { accumulate }),
      evaluate: { program: evaluated.model.program, outputs: [evaluated.loss, evaluated.scores] },
      diagnose: { program, outputs: [loss, ...squares, ...ofMoved] },
    },
    training: forward.batch,
    evaluation: evaluated.batch,
    learningRate: made.rate,
    averageShare: share,
    every: optimizer.gradientAccumulationSteps ?? 1,
    dropouts: network.dropouts,
    checked: [
      ...[...gradientOf.keys()].map((state) => ({ state, what: 'gradient' as const })),
      ...network.moved.map(({ state }) => ({ state, what: 'moving average' as const })),
    ],
  };
}

/** The constraints of weights, by the states in which the weights learn. */
function constraintsOf({ constraints }: ModelProgram, weightOf: (variable: Variable) => State) {
  return new Map(
    [...constraints].map(([variable, constraint]) => {
      if (constraint) return [weightOf(variable), constraint] as const;
      throw new NotAProgramError(`weight "${variable.name}" has a constraint of a class of its own`);
    }),
  );
}

/** The states of a step that aren't model variables, by names that are the same in every process. */
function ownStates({ names, averages }: StepProgramOptions) {
  const made = new Map<string, State>();
  const named = (name: string, state: Omit<State, 'name'>): State => {
    const known = made.get(name) ?? { name, ...state };
    made.set(name, known);
    return known;
  };
  const nameOf = new Map<State, string>();
  return {
    /** The state in which a variable's weight learns: the variable itself, or an own state if the variable holds averages. */
    learningOf(variable: Variable): State {
      const model = stateOf(variable);
      const name = names?.get(variable) ?? variable.name;
      const state = !averages ? model : named(`${name}/learning`, { sizes: model.sizes, initial: model });
      nameOf.set(state, name);
      return state;
    },
    /** The state of a slot of one weight, or of a slot that all weights share. */
    slotOf: (slot: string, weight?: State): State =>
      named(weight ? `${nameOf.get(weight)}/${slot}` : slot, { sizes: weight?.sizes ?? [] }),
  };
}

/** Builds a forward pass and its loss, the weighted mean over the images. */
function lossProgram(
  { model: layers, preprocessing, loss, labelWeights = false, type, stochasticDepth }: StepProgramOptions,
  training: boolean,
  weightOf: (variable: Variable) => State,
): {
  readonly model: ModelProgram;
  readonly batch: BatchValues;
  readonly loss: Value;
  readonly scores: Value;
} {
  const model = modelProgram(layers, { training, preprocessing, type, stochasticDepth, stateOf: weightOf });
  const { program, inputs, outputs, pixels } = model;
  if (inputs.length !== 1 || outputs.length !== 1) {
    throw new NotAProgramError('it has several inputs or outputs');
  }
  const ops = opsOf(program);
  const { logits, probabilities } = withLogits(program, outputs[0]);
  const { sizes } = probabilities;
  const [y, known] = ['y', 'known'].map((name) => input(program, [], { name, sizes }));
  const weights = input(program, [], { name: 'weights', sizes: labelWeights ? sizes : [null] });
  const { definition } = loss;
  const losses = definition
    ? imageLosses(
        definition,
        { ops, logits, probabilities, labels: y, known },
        labelWeights ? weights : undefined,
      )
    : lossCall(program, [y, probabilities, known], { loss });
  if (labelWeights && !definition) {
    throw new NotAProgramError('weights per label need a loss made by defineLoss');
  }
  const { penalties } = model;
  if (!penalties) throw new NotAProgramError('a layer has a regularizer of a class of its own');
  const mean = labelWeights ? ops.mean(losses) : weightedMean(program, [losses, weights], {});
  const [penalty, ...more] = penalties;
  return {
    model,
    batch: { x: pixels?.floats ?? inputs[0], bytes: pixels?.bytes, y, known, weights },
    loss: penalty ? ops.add(mean, penalty, ...more) : mean,
    scores: probabilities,
  };
}
