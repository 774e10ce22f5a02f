import type { Variable } from '@tensorflow/tfjs-core';
import { type BatchNormLayer, batchNormMode, channelAxis } from '../../freezing/batch-norm-mode';
import type { Program, Value } from '../../program/ir';
import { multiply, subtract } from '../../program/operations/arithmetic';
import { batchNorm, inverseDeviation, movingAverage } from '../../program/operations/batch-norm';
import { scaleAndShift } from '../../program/operations/channels';
import { reshape, transpose } from '../../program/operations/shape';
import { add } from '../../program/operations/sum';
import type { LayerWeight, ModelProgramBuilder } from '../model-program-builder';
import type { PendingValue } from '../pending-value';
import { stateOf } from '../state-of';
import { activatedAfterwards } from './activation';
import type { LayerTranslation } from './layer-translation';

/**
 * BatchNormalization. With the moving statistics, the layer is a factor and a shift per channel, which fold into the
 * convolution before it. With the batch's statistics, it is an operation of its own, and updates the moving statistics.
 */
export const batchNormalization: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const norm = layer as unknown as BatchNormLayer;
  const channel = channelAxis(norm, input.shape.length);
  const byBatch = builder.training && (batchNormMode(norm) ?? 'training') === 'training';
  if (byBatch) return byBatchStatistics(norm, channel, builder.value(input), builder);
  const isLast = channel === input.shape.length - 1;
  const before = isLast ? builder.pending(input) : undefined;
  return before
    ? byMovingStatistics(norm, before, builder)
    : besideOtherAxes(norm, channel, builder.value(input), builder);
};

/** Normalises an axis other than the last by the moving statistics. This doesn't fold into a convolution. */
function besideOtherAxes(
  norm: BatchNormLayer,
  channel: number,
  x: Value,
  builder: ModelProgramBuilder,
): PendingValue {
  const { scale, shiftOf } = factors(norm, builder);
  const sizes = x.sizes.map((size, axis) => (axis === channel ? size : 1));
  const beside = (value: Value) => reshape(builder.program, [value], { sizes });
  return { emit: () => builder.ops.add(builder.ops.mul(x, beside(scale)), beside(shiftOf(undefined))) };
}

function byMovingStatistics(
  norm: BatchNormLayer,
  before: PendingValue,
  builder: ModelProgramBuilder,
): PendingValue {
  const { program } = builder;
  const { scale, shiftOf } = factors(norm, builder);
  if (before.scaledAndShifted) return before.scaledAndShifted(scale, shiftOf);
  const inputs = [before.emit(), scale, shiftOf(undefined)];
  return {
    emit: () => scaleAndShift(program, inputs, {}),
    activated: (activation) => ({ emit: () => scaleAndShift(program, inputs, { activation }) }),
  };
}

/** The factor per channel of normalising by the moving statistics, and the shift, which depends on an earlier bias. */
function factors(norm: BatchNormLayer, builder: ModelProgramBuilder) {
  const { program } = builder;
  const { epsilon, gamma, beta } = norm;
  const mean = builder.weight(norm.movingMean);
  const deviation = inverseDeviation(program, [builder.weight(norm.movingVariance)], { epsilon });
  const scale = gamma ? multiply(program, [builder.weight(gamma), deviation], {}) : deviation;
  const shiftOf = (bias: Value | undefined) => {
    const from = bias ?? builder.channels(0, Number(mean.sizes[0]));
    const shift = multiply(program, [subtract(program, [from, mean], {}), scale], {});
    return beta ? add(program, [shift, builder.weight(beta)], {}) : shift;
  };
  return { scale, shiftOf };
}

function byBatchStatistics(
  norm: BatchNormLayer,
  channel: number,
  x: Value,
  builder: ModelProgramBuilder,
): PendingValue {
  const { program } = builder;
  const channels = Number(x.sizes[channel]);
  const gamma = norm.gamma ? builder.weight(norm.gamma) : builder.channels(1, channels);
  const beta = norm.beta ? builder.weight(norm.beta) : builder.channels(0, channels);
  const { map, back } = asMap(program, x, channel);
  const [y, mean, variance] = batchNorm(program, [map, gamma, beta], { epsilon: norm.epsilon });
  const move = (weight: LayerWeight, batch: Value) => {
    const { momentum } = norm;
    const value = movingAverage(program, [builder.weight(weight), batch], { momentum });
    builder.moved.push({ state: stateOf(weight.read() as Variable), value });
  };
  move(norm.movingMean, mean);
  move(norm.movingVariance, variance);
  return activatedAfterwards(builder, back(y));
}

/** An array as a map or vectors with the channels last, as the operation needs it, and the function that undoes this. */
function asMap(program: Program, x: Value, channel: number) {
  const rank = x.sizes.length;
  const axes = x.sizes.map((_, axis) => axis);
  const order = [...axes.filter((axis) => axis !== channel), channel];
  const isLast = channel === rank - 1;
  const last = isLast ? x : transpose(program, [x], { order });
  const [images, ...inner] = last.sizes;
  const pixels = inner.slice(0, -1).reduce<number>((total, size) => total * Number(size), 1);
  const isKnown = rank === 2 || rank === 4;
  const sizes = [images, pixels, 1, Number(inner.at(-1))];
  return {
    map: isKnown ? last : reshape(program, [last], { sizes }),
    back(y: Value): Value {
      const apart = isKnown ? y : reshape(program, [y], { sizes: last.sizes });
      return isLast ? apart : transpose(program, [apart], { order: axes.map((axis) => order.indexOf(axis)) });
    },
  };
}
