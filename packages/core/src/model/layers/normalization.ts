import type { ChannelAffineArgs } from '../../layers/channel-affine';
import { groupSizes } from '../../layers/group-sizes';
import { normalized, type StatisticsAxes, statisticsSizes } from '../../layers/normalization-statistics';
import { affine, standardized } from '../../layers/normalize';
import type { Value } from '../../program/ir';
import { reverseChannels } from '../../program/operations/channels';
import { reshape } from '../../program/operations/shape';
import { fieldsOf } from '../../tfjs-internals/layer-weights';
import type { LayerWeight, ModelProgramBuilder } from '../model-program-builder';
import type { LayerTranslation } from './layer-translation';

interface AffineWeights {
  readonly gamma?: LayerWeight | null;
  readonly beta?: LayerWeight | null;
}

/** Gamma and beta reshaped so that they broadcast with the normalised array. */
function affineWeights(
  { gamma, beta }: AffineWeights,
  builder: ModelProgramBuilder,
  sizes: readonly number[],
) {
  const weight = (of: LayerWeight | null | undefined) =>
    of ? reshape(builder.program, [builder.weight(of)], { sizes }) : undefined;
  return [weight(gamma), weight(beta)] as const;
}

/** LayerNormalization: normalises each image by its own mean and variance over some axes. */
export const layerNormalization: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const { axis, epsilon } = layer.getConfig() as { axis: number | number[]; epsilon: number };
  const rank = input.shape.length;
  const axes = [axis].flat().map((axis) => (axis + rank) % rank);
  if (axes.includes(0)) return undefined;
  return {
    emit() {
      const x = builder.value(input);
      const sizes = x.sizes.map((size, axis) => (axes.includes(axis) ? Number(size) : 1));
      const weights = affineWeights(fieldsOf(layer), builder, sizes);
      return affine<Value>(builder.ops, standardized<Value>(builder.ops, x, axes, epsilon), ...weights);
    },
  };
};

/** GroupNormalization. */
export const groupNormalization: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const group = layer.getConfig() as { groups: number; axis: number; epsilon: number };
  return {
    emit() {
      const { program, ops } = builder;
      const x = builder.value(input);
      const { apart, axes, perChannel } = groupSizes(x.sizes, group);
      const groups = reshape(program, [x], { sizes: apart });
      const y = reshape(program, [standardized<Value>(ops, groups, axes, group.epsilon)], { sizes: x.sizes });
      return affine<Value>(ops, y, ...affineWeights(fieldsOf(layer), builder, perChannel));
    },
  };
};

/** Rescaling, by single numbers or by numbers per channel. */
export const rescaling: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const { scale, offset } = layer.getConfig() as { scale: number | number[]; offset: number | number[] };
  const { ops } = builder;
  return { emit: () => ops.add(ops.mul(builder.value(input), scale), offset) };
};

/** LayerScale. */
export const layerScale: LayerTranslation = (layer, { inputs: [input] }, builder) => ({
  emit: () => builder.ops.mul(builder.value(input), builder.weight(fieldsOf(layer).gamma!)),
});

/** ChannelAffine. */
export const channelAffine: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const { reverse, scale, offset } = layer.getConfig() as unknown as ChannelAffineArgs;
  const { program, ops } = builder;
  return {
    emit() {
      const x = builder.value(input);
      const ordered = reverse ? reverseChannels(program, [x], {}) : x;
      return ops.add(ops.mul(ordered, scale), offset);
    },
  };
};

interface NormalizationConfig {
  readonly axis: StatisticsAxes;
  readonly invert: boolean;
  readonly mean: readonly number[] | null;
  readonly variance: readonly number[] | null;
}

/** Normalization. */
export const normalization: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const { axis, invert, mean, variance } = layer.getConfig() as NormalizationConfig;
  const given = mean && variance ? { mean, variance } : undefined;
  const weights = fieldsOf(layer);
  return {
    emit() {
      const x = builder.value(input);
      const sizes = statisticsSizes(x.sizes, axis, given);
      const statistics = given
        ? [builder.ops.stopGradient(given.mean), builder.ops.stopGradient(given.variance)]
        : [builder.weight(weights.mean!), builder.weight(weights.variance!)];
      const [centre, spread] = statistics.map((value) => reshape(builder.program, [value], { sizes }));
      return normalized<Value>(builder.ops, x, centre, spread, invert);
    },
  };
};
