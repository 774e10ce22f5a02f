import type { LayerCall } from '../layer-calls';
import { type Activation, isActivation } from '../operations/activation';
import type { PlanBuilder } from '../plan-builder';
import type { Step } from '../step';
import { activatedAfterwards } from './activated-afterwards';
import type { LayerPlan } from './layer-plan';

/** Activation. */
export const activation: LayerPlan = (layer, call, builder) => {
  const name = (layer.getConfig() as { activation: string }).activation;
  if (name === 'linear') return builder.step(call.inputs[0]);
  return isActivation(name) ? activated(name, call, builder) : undefined;
};

/** ReLU, and with a largest value of 6, ReLU6. */
export const relu: LayerPlan = (layer, call, builder) => {
  const { maxValue } = layer.getConfig() as { maxValue?: number | null };
  if (maxValue === undefined || maxValue === null) return activated('relu', call, builder);
  return maxValue === 6 ? activated('relu6', call, builder) : undefined;
};

function activated(activation: Activation, { inputs: [input] }: LayerCall, builder: PlanBuilder): Step {
  const before = builder.step(input);
  return (before.activated ? before : activatedAfterwards(builder, before.emit())).activated!(activation);
}
