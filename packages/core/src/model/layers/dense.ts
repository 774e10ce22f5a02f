import type { Value } from '../../program/ir';
import { scaleChannels } from '../../program/operations/channels';
import { dense as denseOf } from '../../program/operations/dense';
import { reshape } from '../../program/operations/shape';
import { fieldsOf } from '../../tfjs-internals/layer-weights';
import type { PendingValue } from '../pending-value';
import { activatedBy } from './activation';
import type { LayerTranslation } from './layer-translation';

/** Dense, for vectors. It absorbs a BatchNormalization with fixed statistics and an activation after it. */
export const dense: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const { kernel, bias } = fieldsOf(layer);
  const { activation } = layer.getConfig() as { activation: string };
  const { program } = builder;
  const given = builder.value(input);
  const isVector = given.sizes.length === 2;
  // With more axes, the number of rows of the matrix would depend on the batch.
  const x = isVector ? given : reshape(program, [given], { sizes: [null, given.sizes.at(-1)!] });
  const emitted = (y: Value) =>
    isVector ? y : reshape(program, [y], { sizes: [...given.sizes.slice(0, -1), y.sizes[1]] });
  const dense = (kernel: Value, bias: Value | undefined): PendingValue => {
    const inputs = bias ? [x, kernel, bias] : [x, kernel];
    return {
      emit: () => emitted(denseOf(program, inputs, {})),
      activated: (activation) => ({ emit: () => emitted(denseOf(program, inputs, { activation })) }),
      scaledAndShifted: (scale, shiftOf) => dense(scaleChannels(program, [kernel, scale], {}), shiftOf(bias)),
    };
  };
  const made = dense(builder.weight(kernel!), bias ? builder.weight(bias) : undefined);
  return activatedBy(activation, made, builder);
};
