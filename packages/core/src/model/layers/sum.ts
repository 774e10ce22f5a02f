import { add } from '../../program/operations/sum';
import type { LayerTranslation } from './layer-translation';

/** Add: takes in an activation. */
export const sum: LayerTranslation = (_, { inputs }, builder) => {
  const sameSizes = inputs.every(({ shape }) => String(shape) === String(inputs[0].shape));
  if (!sameSizes) return undefined;
  const values = inputs.map((input) => builder.value(input));
  return {
    emit: () => add(builder.program, values, {}),
    activated: (activation) => ({ emit: () => add(builder.program, values, { activation }) }),
  };
};
