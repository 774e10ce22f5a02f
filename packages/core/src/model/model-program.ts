import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import type { Preprocessing } from '../backbones/backbone';
import { channelScales } from '../backbones/preprocess';
import {
  NotAProgramError,
  type NumberType,
  type Program,
  type Sizes,
  type State,
  type Value,
} from '../program/ir';
import { layerCall } from '../program/operations/calls';
import { pixelFloats, preprocessed } from '../program/operations/pixels';
import { input } from '../program/operations/sources';
import { inBfloat16 } from '../program/passes/bfloat16';
import { isKnownLayer, saysSameInTraining } from './constant-layer';
import { type Constraint, constraintsOf } from './constraints';
import {
  type LayerCall,
  type LayerCalls,
  type LayerValue,
  layerCalls,
  type TranslatedLayer,
} from './layer-calls';
import { layerTranslations } from './layers/layer-translations';
import {
  type DropoutMask,
  type LayerWeight,
  ModelProgramBuilder,
  type MovedState,
} from './model-program-builder';
import { penaltiesOf } from './penalties';
import { residualBranches } from './residual-branches';
import type { StoredNetwork } from './stored-network';

/** A model as a program. */
export interface ModelProgram {
  readonly program: Program;
  /** The network's inputs. With preprocessing, the first one is computed from `pixels`. */
  readonly inputs: readonly Value[];
  /** With preprocessing: the pixels as bytes and as float32. A run is given one of the two. */
  readonly pixels?: { readonly bytes: Value; readonly floats: Value };
  readonly outputs: readonly Value[];
  readonly dropouts: readonly DropoutMask[];
  readonly moved: readonly MovedState[];
  /** The scalars that regularizers add to the loss; undefined if a layer adds to the loss by another function. */
  readonly penalties: readonly Value[] | undefined;
  /** The constraints of weights, by variable. A constraint of an unknown class is undefined. */
  readonly constraints: ReadonlyMap<Variable, Constraint | undefined>;
}

export interface ModelProgramOptions {
  /** Whether layers behave as in training: Dropout drops, and each BatchNormalization follows its mode. */
  readonly training: boolean;
  /** The preprocessing of pixels, if it is to be part of the program. */
  readonly preprocessing?: Preprocessing;
  /** The number type that convolutions and matrix products compute in; default float32. */
  readonly type?: NumberType;
  /**
   * Stochastic depth, in training: the share of images for which the last learning residual branch is dropped. Earlier ones
   * are dropped less often, in proportion to their depth. Default 0.
   */
  readonly stochasticDepth?: number;
  /** The state that holds a variable's weight; by default the variable itself. */
  readonly stateOf?: (variable: Variable) => State;
}

/**
 * Translates a LayersModel, including its nested models, to a program of fused operations. A stored network can be
 * translated for prediction only.
 *
 * Layers without a translation run by their own `call`. Their gradient runs them a second time. In training, such a layer
 * must therefore be of a class that computes the same in training.
 *
 * @throws NotAProgramError if a layer's input has an unknown size besides the number of images, or if a layer without a
 * translation may be random in training.
 */
export function modelProgram(
  model: LayersModel | StoredNetwork,
  { training, preprocessing, type = 'float32', stochasticDepth = 0, stateOf }: ModelProgramOptions,
): ModelProgram {
  const { calls, inputs, outputs }: LayerCalls<TranslatedLayer> =
    'graph' in model ? model.graph : layerCalls(model, () => true);
  const builder = new ModelProgramBuilder(training, calls, outputs, stateOf);
  if (training && stochasticDepth > 0) {
    const branches = residualBranches(model as LayersModel, calls as LayerCall[]);
    for (const { call, input, depth } of branches) builder.drop(call, input, stochasticDepth * depth);
  }
  const { program } = builder;
  const sizesOf = (read: LayerValue<TranslatedLayer>) => [null, ...knownSizes(read.shape, read.call)];
  const pixels = preprocessing && pixelValues(program, sizesOf(inputs[0]));
  const given = inputs.map((read, i) => {
    const value =
      pixels && i === 0
        ? preprocessed(program, [pixels.floats], attributesOf(preprocessing))
        : input(program, [], { name: `input_${i}`, sizes: sizesOf(read) });
    builder.set(read, { emit: () => value });
    return value;
  });
  for (const call of calls) {
    if (inputs.some((read) => read.call === call)) continue;
    const step = layerTranslations[call.layer.getClassName()]?.(call.layer, call, builder);
    if (step) builder.set(call.outputs[0], step);
    else ownCall(call as LayerCall, builder);
  }
  const results = outputs.map((output) => builder.value(output));
  const learning = training ? [...new Set(calls.map(({ layer }) => layer as layers.Layer))] : [];
  const added = learning.map((layer) => penaltiesOf(layer, builder));
  const penalties = added.flatMap((values) => values ?? []);
  const { dropouts, moved } = builder;
  const read = [...results, ...moved.map(({ value }) => value), ...penalties];
  return {
    program: type === 'bfloat16' ? inBfloat16(program, read) : program,
    inputs: given,
    pixels,
    outputs: results,
    dropouts,
    moved,
    penalties: added.includes(undefined) ? undefined : penalties,
    constraints: new Map(learning.flatMap((layer) => [...constraintsOf(layer)])),
  };
}

function pixelValues(program: Program, sizes: Sizes) {
  const bytes = input(program, [], { name: 'pixels', sizes, dtype: 'uint8' });
  return { bytes, floats: pixelFloats(program, [bytes], {}) };
}

function attributesOf(preprocessing: Preprocessing) {
  const { channelOrder, mean } = preprocessing;
  return { channelOrder, mean, scales: channelScales(preprocessing) };
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

function knownSizes(shape: readonly (number | null)[], { layer }: LayerCall<TranslatedLayer>): number[] {
  return shape.slice(1).map((size) => {
    if (size === null) throw new NotAProgramError(`layer "${layer.name}" has sizes that only a batch tells`);
    return size;
  });
}
