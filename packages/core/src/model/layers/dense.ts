import type { Value } from '../../program/ir';
import { type Activation, isActivation } from '../../program/operations/activation';
import { scaleChannels } from '../../program/operations/channels';
import { dense as denseOf } from '../../program/operations/dense';
import type { LayerWeight } from '../model-program-builder';
import type { PendingValue } from '../pending-value';
import type { LayerTranslation } from './layer-translation';

interface DenseLayer {
  readonly kernel: LayerWeight;
  readonly bias?: LayerWeight | null;
}

/** Dense, of vectors: takes in a BatchNormalization with fixed statistics, and an activation. */
export const dense: LayerTranslation = (layer, { inputs: [vector] }, builder) => {
  const { kernel, bias } = layer as unknown as DenseLayer;
  const { activation: name } = layer.getConfig() as { activation: string };
  const activation = name === 'linear' ? undefined : name;
  if (vector.shape.length !== 2 || (activation && !isActivation(activation))) return undefined;
  const { program } = builder;
  const x = builder.value(vector);
  const step = (kernel: Value, bias: Value | undefined): PendingValue => {
    const inputs = bias ? [x, kernel, bias] : [x, kernel];
    return {
      emit: () => denseOf(program, inputs, {}),
      activated: (activation) => ({ emit: () => denseOf(program, inputs, { activation }) }),
      scaledAndShifted: (scale, shiftOf) => step(scaleChannels(program, [kernel, scale], {}), shiftOf(bias)),
    };
  };
  const made = step(builder.weight(kernel), bias ? builder.weight(bias) : undefined);
  return activation ? made.activated!(activation as Activation) : made;
};
