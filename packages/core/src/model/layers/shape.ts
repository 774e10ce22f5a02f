import { repeatPixels, resizeBilinear } from '../../program/operations/resize';
import { concatenate, reshape, slice, transpose } from '../../program/operations/shape';
import type { LayerTranslation } from './layer-translation';

/** Flatten and Reshape. A size of −1, or null, of Reshape follows from the others. */
export const reshaping: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const { dataFormat, targetShape = [-1] } = layer.getConfig() as ReshapingConfig;
  if (dataFormat === 'channelsFirst') return undefined;
  const known = targetShape.filter(isKnown);
  return {
    emit() {
      const x = builder.value(input);
      const product = (sizes: readonly (number | null)[]) =>
        sizes.reduce<number>((total, size) => total * Number(size), 1);
      const left = product(x.sizes.slice(1)) / product(known);
      const sizes = [null, ...targetShape.map((size) => (isKnown(size) ? size : left))];
      return reshape(builder.program, [x], { sizes });
    },
  };
};

interface ReshapingConfig {
  readonly dataFormat?: string;
  /** Without it, the layer flattens. */
  readonly targetShape?: readonly (number | null)[];
}

function isKnown(size: number | null): size is number {
  return size !== null && size >= 0;
}

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
export const firstToken: LayerTranslation = (_, { inputs: [tokens] }, builder) => ({
  emit() {
    const { program } = builder;
    const x = builder.value(tokens);
    const [, , channels] = x.sizes;
    const first = slice(program, [x], { begin: [0, 0, 0], sizes: [null, 1, channels] });
    return reshape(program, [first], { sizes: [null, channels] });
  },
});

interface UpSamplingConfig {
  readonly size: readonly [number, number];
  readonly dataFormat: string;
  readonly interpolation: string;
}

/** UpSampling2D. */
export const upSampling: LayerTranslation = (layer, { inputs: [image] }, builder) => {
  const { size, dataFormat, interpolation } = layer.getConfig() as unknown as UpSamplingConfig;
  if (dataFormat === 'channelsFirst') return undefined;
  const { program } = builder;
  return {
    emit() {
      const x = builder.value(image);
      if (interpolation === 'nearest') return repeatPixels(program, x, size);
      const [, height, width] = x.sizes.map(Number);
      return resizeBilinear(program, [x], { size: [height * size[0], width * size[1]] });
    },
  };
};
