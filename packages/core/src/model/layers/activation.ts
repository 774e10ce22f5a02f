import type { Value } from '../../program/ir';
import { type Activation, activationOf, isActivation } from '../../program/operations/activation';
import type { LayerCall } from '../layer-calls';
import type { ModelProgramBuilder } from '../model-program-builder';
import type { PendingValue } from '../pending-value';
import type { LayerTranslation } from './layer-translation';

/** A value of the program as a step: an activation of it is an operation of its own. */
export function activatedAfterwards({ program }: ModelProgramBuilder, value: Value): PendingValue {
  return {
    emit: () => value,
    activated: (activation) => ({ emit: () => activationOf(program, [value], { activation }) }),
  };
}

/** Activation. */
export const activation: LayerTranslation = (layer, call, builder) => {
  const name = (layer.getConfig() as { activation: string }).activation;
  if (name === 'linear') return builder.step(call.inputs[0]);
  return isActivation(name) ? activated(name, call, builder) : undefined;
};

/** ReLU, and with a largest value of 6, ReLU6. */
export const relu: LayerTranslation = (layer, call, builder) => {
  const { maxValue } = layer.getConfig() as { maxValue?: number | null };
  if (maxValue === undefined || maxValue === null) return activated('relu', call, builder);
  return maxValue === 6 ? activated('relu6', call, builder) : undefined;
};

function activated(
  activation: Activation,
  { inputs: [input] }: LayerCall,
  builder: ModelProgramBuilder,
): PendingValue {
  const before = builder.step(input);
  return (before.activated ? before : activatedAfterwards(builder, before.emit())).activated!(activation);
}
