import type { Variable } from '@tensorflow/tfjs-core';
import { type BatchNormLayer, batchNormMode } from '../../freezing/batch-norm-mode';
import type { Value } from '../../program/ir';
import { multiply, subtract } from '../../program/operations/arithmetic';
import { batchNorm, inverseDeviation, movingAverage } from '../../program/operations/batch-norm';
import { scaleAndShift } from '../../program/operations/channels';
import { add } from '../../program/operations/sum';
import type { LayerWeight, ModelProgramBuilder } from '../model-program-builder';
import type { PendingValue } from '../pending-value';
import { stateOf } from '../state-of';
import { activatedAfterwards } from './activation';
import type { LayerTranslation } from './layer-translation';

/**
 * BatchNormalization. By the moving statistics it is a factor and a number a channel, which the convolution before it takes
 * in; by the batch's it is an operation of its own, and moves the moving ones.
 */
export const batchNormalization: LayerTranslation = (layer, { inputs: [input] }, builder) => {
  const norm = layer as BatchNormLayer;
  const rank = input.shape.length;
  if ((norm.axis + rank) % rank !== rank - 1) return undefined;
  const byBatch = builder.training && (batchNormMode(layer) ?? 'training') === 'training';
  if (!byBatch) return byMovingStatistics(norm, builder.step(input), builder);
  return rank === 2 || rank === 4 ? byBatchStatistics(norm, builder.value(input), builder) : undefined;
};

function byMovingStatistics(
  norm: BatchNormLayer,
  before: PendingValue,
  builder: ModelProgramBuilder,
): PendingValue {
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
  if (before.scaledAndShifted) return before.scaledAndShifted(scale, shiftOf);
  const inputs = [before.emit(), scale, shiftOf(undefined)];
  return {
    emit: () => scaleAndShift(program, inputs, {}),
    activated: (activation) => ({ emit: () => scaleAndShift(program, inputs, { activation }) }),
  };
}

function byBatchStatistics(norm: BatchNormLayer, x: Value, builder: ModelProgramBuilder): PendingValue {
  const { program } = builder;
  const channels = Number(x.sizes.at(-1));
  const gamma = norm.gamma ? builder.weight(norm.gamma) : builder.channels(1, channels);
  const beta = norm.beta ? builder.weight(norm.beta) : builder.channels(0, channels);
  const [y, mean, variance] = batchNorm(program, [x, gamma, beta], { epsilon: norm.epsilon });
  const move = (weight: LayerWeight, batch: Value) => {
    const { momentum } = norm;
    const value = movingAverage(program, [builder.weight(weight), batch], { momentum });
    builder.moved.push({ state: stateOf(weight.read() as Variable), value });
  };
  move(norm.movingMean, mean);
  move(norm.movingVariance, variance);
  return activatedAfterwards(builder, y);
}
