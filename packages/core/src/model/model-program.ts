import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { isModel, leafLayers } from '../freezing/leaf-layers';
import type { NumberType, Program, Value } from '../program/ir';
import { layerCall } from '../program/operations/calls';
import { input } from '../program/operations/sources';
import { inBfloat16 } from '../program/passes/bfloat16';
import { isKnownLayer, saysSameInTraining } from './constant-layer';
import { type LayerCall, layerCalls } from './layer-calls';
import { layerTranslations } from './layers/layer-translations';
import {
  type DropoutMask,
  type LayerWeight,
  ModelProgramBuilder,
  type VariableUpdate,
} from './model-program-builder';
import { NotAProgramError } from './not-a-program-error';

/** A model as a program. */
export interface ModelProgram {
  readonly program: Program;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** The variables that the program reads. */
  readonly variables: ReadonlyMap<Variable, Value>;
  readonly dropouts: readonly DropoutMask[];
  readonly updates: readonly VariableUpdate[];
}

export interface ModelProgramOptions {
  /** Whether layers are to do what they do in training: Dropout drops, BatchNormalization goes by its mode. */
  readonly training: boolean;
  /** What convolutions and products are computed in; default float32. */
  readonly type?: NumberType;
}

/**
 * Any LayersModel as a program of fused operations, its nested models opened.
 *
 * Layers that it has no operations for run by their own `call`. Their gradient runs them a second time, so that
 * in training they must be of the classes that training changes nothing of.
 *
 * @throws NotAProgramError where a layer's inputs have sizes that only a batch tells, or where it may be random in training.
 */
export function modelProgram(
  model: LayersModel,
  { training, type = 'float32' }: ModelProgramOptions,
): ModelProgram {
  const { calls, inputs, outputs } = layerCalls(model, () => true);
  const builder = new ModelProgramBuilder(training, calls, outputs);
  const { program } = builder;
  const given = inputs.map((read, i) => {
    const value = input(program, [], {
      name: `input_${i}`,
      sizes: [null, ...knownSizes(read.shape, read.call)],
    });
    builder.set(read, { emit: () => value });
    return value;
  });
  for (const call of calls) {
    if (inputs.some((read) => read.call === call)) continue;
    const step = layerTranslations[call.layer.getClassName()]?.(call.layer, call, builder);
    if (step) builder.set(call.outputs[0], step);
    else ownCall(call, builder);
  }
  const results = outputs.map((output) => builder.value(output));
  const { variables, dropouts, updates } = builder;
  const read = [...results, ...updates.map(({ value }) => value)];
  return {
    program: type === 'bfloat16' ? inBfloat16(program, read) : program,
    inputs: given,
    outputs: results,
    variables,
    dropouts,
    updates,
  };
}

function ownCall(call: LayerCall, builder: ModelProgramBuilder): void {
  const { layer, kwargs, inputs, outputs } = call;
  if (builder.training && !isKnownLayer(layer) && !saysSameInTraining(layer)) {
    throw new NotAProgramError(
      `layer "${layer.name}" is a ${layer.getClassName()}, which may be random in training; ` +
        'give its class `static sameInTraining = true` if it is not',
    );
  }
  const weights = (layer.weights as unknown as LayerWeight[]).map((weight) => builder.weight(weight));
  const values = layerCall(builder.program, [...inputs.map((input) => builder.value(input)), ...weights], {
    layer,
    kwargs: { ...kwargs, training: builder.training },
    outputs: outputs.map(({ shape }) => [null, ...knownSizes(shape, call)]),
    arguments: inputs.length,
  });
  for (const [i, output] of outputs.entries()) builder.set(output, { emit: () => values[i] });
}

function knownSizes(shape: readonly (number | null)[], { layer }: LayerCall): number[] {
  return shape.slice(1).map((size) => {
    if (size === null) throw new NotAProgramError(`layer "${layer.name}" has sizes that only a batch tells`);
    return size;
  });
}

/** Whether a layer adds to the loss by itself. */
export function hasPenalties(model: LayersModel): boolean {
  return leafLayers(model).some(({ layer }) => !isModel(layer) && layer.losses.length > 0);
}
