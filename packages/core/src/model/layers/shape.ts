import { repeatPixels, resizeBilinear } from '../../program/operations/resize';
import { concatenate, reshape, slice, transpose } from '../../program/operations/shape';
import type { LayerTranslation } from './layer-translation';

/** Flatten and Reshape. All sizes of their output but the first are known. */
export const reshaping: LayerTranslation = (layer, { inputs: [input], outputs: [output] }, builder) => {
  const { dataFormat } = layer.getConfig() as { dataFormat?: string };
  if (dataFormat === 'channelsFirst' || output.shape.slice(1).includes(null)) return undefined;
  const sizes = [null, ...output.shape.slice(1)];
  return { emit: () => reshape(builder.program, [builder.value(input)], { sizes }) };
};

/** Concatenate. */
export const concatenation: LayerTranslation = (layer, { inputs }, builder) => {
  const rank = inputs[0].shape.length;
  const axis = ((layer.getConfig() as { axis: number }).axis + rank) % rank;
  if (axis === 0) return undefined;
  const values = inputs.map((input) => builder.value(input));
  return { emit: () => concatenate(builder.program, values, { axis }) };
};

/** Permute. */
export const permutation: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const { dims } = layer.getConfig() as { dims: number[] };
  return { emit: () => transpose(builder.program, [builder.value(input)], { order: [0, ...dims] }) };
};

/** ClassToken. */
export const firstToken: LayerTranslation = (_, { inputs: [tokens], outputs: [output] }, builder) => {
  const channels = output.shape[1];
  return {
    emit() {
      const { program } = builder;
      const sizes = [null, 1, channels];
      const first = slice(program, [builder.value(tokens)], { begin: [0, 0, 0], sizes });
      return reshape(program, [first], { sizes: [null, channels] });
    },
  };
};

interface UpSamplingConfig {
  readonly size: readonly [number, number];
  readonly dataFormat: string;
  readonly interpolation: string;
}

/** UpSampling2D. */
export const upSampling: LayerTranslation = (layer, { inputs: [image], outputs: [output] }, builder) => {
  const { size, dataFormat, interpolation } = layer.getConfig() as unknown as UpSamplingConfig;
  if (dataFormat === 'channelsFirst') return undefined;
  const [, height, width] = output.shape.map(Number);
  const { program } = builder;
  return {
    emit: () =>
      interpolation === 'nearest'
        ? repeatPixels(program, builder.value(image), size)
        : resizeBilinear(program, [builder.value(image)], { size: [height, width] }),
  };
};
