import {
  elu as eluOf,
  leakyRelu as leakyReluOf,
  tfjsActivations,
  thawActivations,
} from '../../layers/activation-formulas';
import type { Value } from '../../program/ir';
import { type Activation, activationOf, isActivation } from '../../program/operations/activation';
import type { Ops } from '../../program/ops';
import { fieldsOf } from '../../tfjs-internals/layer-weights';
import type { ModelProgramBuilder } from '../model-program-builder';
import type { PendingValue } from '../pending-value';
import type { LayerTranslation } from './layer-translation';

/** A pending value for a computed value. An activation behind it becomes an operation of its own. */
export function activatedAfterwards({ program }: ModelProgramBuilder, value: Value): PendingValue {
  return {
    emit: () => value,
    activated: (activation) => ({ emit: () => activationOf(program, [value], { activation }) }),
  };
}

/** A pending value with an activation, given by its name in tfjs-layers; undefined if the name is unknown. */
export function activatedBy(
  name: string,
  before: PendingValue,
  builder: ModelProgramBuilder,
): PendingValue | undefined {
  if (name === 'linear') return before;
  if (isActivation(name)) return fused(name, before, builder);
  const formula = tfjsActivations[name] ?? thawActivations[name];
  if (formula) return { emit: () => formula<Value>(builder.ops, before.emit()) };
  return name === 'logSoftmax' ? { emit: () => builder.ops.logSoftmax(before.emit()) } : undefined;
}

function fused(activation: Activation, before: PendingValue, builder: ModelProgramBuilder): PendingValue {
  return (before.activated ? before : activatedAfterwards(builder, before.emit())).activated!(activation);
}

/** Activation. */
export const activation: LayerTranslation = (layer, { inputs: [input] }, builder) =>
  activatedBy((layer.getConfig() as { activation: string }).activation, builder.pending(input), builder);

/** ReLU, with an optional largest value. */
export const relu: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const { maxValue } = layer.getConfig() as { maxValue?: number | null };
  const before = builder.pending(input);
  if (maxValue === undefined || maxValue === null) return fused('relu', before, builder);
  if (maxValue === 6) return fused('relu6', before, builder);
  return { emit: () => builder.ops.clip(before.emit(), 0, maxValue) };
};

/** Softmax over the last axis. */
export const softmax: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const axes = [(layer.getConfig() as { axis: number | number[] }).axis].flat();
  const rank = input.shape.length;
  const isLast = axes.length === 1 && (axes[0] + rank) % rank === rank - 1;
  return isLast ? fused('softmax', builder.pending(input), builder) : undefined;
};

/** The translation of a layer that applies a function to each number of its input. */
function pointwise<Config>(f: (ops: Ops, x: Value, config: Config) => Value): LayerTranslation {
  return (layer, { inputs: [input] }, builder) => ({
    emit: () => f(builder.ops, builder.value(input), layer.getConfig() as Config),
  });
}

/** ELU. */
export const elu = pointwise<{ alpha?: number }>((ops, x, { alpha = 1 }) => eluOf<Value>(ops, x, alpha));

/** LeakyReLU. */
export const leakyRelu = pointwise<{ alpha: number }>((ops, x, { alpha }) =>
  leakyReluOf<Value>(ops, x, alpha),
);

/** ThresholdedReLU: numbers at or below a threshold become 0. */
export const thresholdedRelu: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const { theta } = fieldsOf(layer);
  return {
    emit() {
      const x = builder.value(input);
      return builder.ops.mul(x, builder.ops.greater(x, theta!));
    },
  };
};

/** PReLU: a LeakyReLU with trainable slopes. */
export const prelu: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const { alpha } = fieldsOf(layer);
  return { emit: () => leakyReluOf<Value>(builder.ops, builder.value(input), builder.weight(alpha!)) };
};
