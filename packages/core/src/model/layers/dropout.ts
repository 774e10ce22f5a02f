import { SELU_ALPHA, SELU_SCALE } from '../../layers/activation-formulas';
import type { Sizes } from '../../program/ir';
import { fieldsOf } from '../../tfjs-internals/layer-weights';
import type { LayerTranslation } from './layer-translation';

interface DropoutConfig {
  readonly rate: number;
  readonly noiseShape?: readonly (number | null)[] | null;
}

/** Dropout and SpatialDropout: in training, a product with a mask that each step draws. */
export const dropout: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const { rate, noiseShape } = layer.getConfig() as unknown as DropoutConfig;
  if (!builder.training || rate === 0) return builder.pending(input);
  const sizes = maskSizes(layer.getClassName(), noiseShape ?? undefined, input.shape);
  if (!sizes) return undefined;
  const kept = 1 / (1 - rate);
  return {
    emit() {
      const mask = builder.noise(sizes, (random) => (random() < rate ? 0 : kept));
      return builder.ops.mul(builder.value(input), mask);
    },
  };
};

/** The sizes of a mask, 1 for axes that share it; undefined if `noiseShape` fixes a number of images other than 1. */
function maskSizes(className: string, noiseShape: Sizes | undefined, shape: Sizes): Sizes | undefined {
  const sizes = shape.map((size, axis) => (axis === 0 ? null : size));
  const inner = (axis: number) => axis > 0 && axis < shape.length - 1;
  if (className.startsWith('Spatial')) return sizes.map((size, axis) => (inner(axis) ? 1 : size));
  if (!noiseShape) return sizes;
  const [images] = noiseShape;
  if ((images ?? 1) !== 1) return undefined;
  return noiseShape.map((size, axis) => size ?? sizes[axis]);
}

/** GaussianDropout: in training, a product with normally distributed numbers of mean 1. */
export const gaussianDropout: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const { rate } = layer.getConfig() as { rate: number };
  if (!builder.training || rate <= 0 || rate >= 1) return builder.pending(input);
  const deviation = Math.sqrt(rate / (1 - rate));
  return {
    emit() {
      const x = builder.value(input);
      return builder.ops.mul(
        x,
        builder.noise(x.sizes, (random) => 1 + deviation * normal(random)),
      );
    },
  };
};

/** GaussianNoise: in training, normally distributed numbers of mean 0 are added. */
export const gaussianNoise: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const { stddev } = layer.getConfig() as { stddev: number };
  if (!builder.training || stddev === 0) return builder.pending(input);
  return {
    emit() {
      const x = builder.value(input);
      return builder.ops.add(
        x,
        builder.noise(x.sizes, (random) => stddev * normal(random)),
      );
    },
  };
};

/** AlphaDropout: dropped numbers become SELU's least value, and mean and variance stay (Klambauer et al., 2017). */
export const alphaDropout: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const { rate } = layer.getConfig() as { rate: number };
  if (!builder.training || rate <= 0 || rate >= 1) return builder.pending(input);
  const { noiseShape } = fieldsOf(layer);
  const sizes = maskSizes('AlphaDropout', noiseShape ?? undefined, input.shape);
  if (!sizes) return undefined;
  const least = -SELU_ALPHA * SELU_SCALE;
  const scale = ((1 - rate) * (1 + rate * least ** 2)) ** -0.5;
  return {
    emit() {
      const { ops } = builder;
      const kept = builder.noise(sizes, (random) => Number(random() >= rate));
      const x = ops.add(ops.mul(builder.value(input), kept), ops.mul(ops.sub(1, kept), least));
      return ops.sub(ops.mul(x, scale), scale * least * rate);
    },
  };
};

/** Draws a number of the standard normal distribution (Box and Muller, 1958). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
