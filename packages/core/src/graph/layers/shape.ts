import { concatenate } from '../operations/concatenate';
import { reshape } from '../operations/reshape';
import type { LayerPlan } from './layer-plan';

/** Flatten and Reshape: what they give has known sizes behind the batch's. */
export const reshaping: LayerPlan = (layer, { inputs: [input], outputs: [output] }, builder) => {
  const { dataFormat } = layer.getConfig() as { dataFormat?: string };
  if (dataFormat === 'channelsFirst' || output.shape.slice(1).includes(null)) return undefined;
  const sizes = [null, ...output.shape.slice(1)];
  return { emit: () => reshape(builder.program, [builder.value(input)], { sizes }) };
};

/** Concatenate. */
export const concatenation: LayerPlan = (layer, { inputs }, builder) => {
  const rank = inputs[0].shape.length;
  const axis = ((layer.getConfig() as { axis: number }).axis + rank) % rank;
  if (axis === 0) return undefined;
  const values = inputs.map((input) => builder.value(input));
  return { emit: () => concatenate(builder.program, values, { axis }) };
};
