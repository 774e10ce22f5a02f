import { multiply } from '../../program/operations/arithmetic';
import type { LayerTranslation } from './layer-translation';

/** Dropout: in training a product with a mask that each run is given. */
export const dropout: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const { rate, noiseShape } = layer.getConfig() as { rate: number; noiseShape?: unknown };
  if (!builder.training || rate === 0) return builder.step(input);
  if (noiseShape) return undefined;
  const value = builder.value(input);
  const mask = builder.dropoutMask(value.sizes, rate);
  return { emit: () => multiply(builder.program, [value, mask], {}) };
};
