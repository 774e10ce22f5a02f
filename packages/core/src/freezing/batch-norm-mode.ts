import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { OptionError } from '../errors';
import { type OptionRule, oneOf } from '../options/check-options';
import { replaceCall } from '../tfjs-internals/layer-call';
import type { LayerVariable } from '../tfjs-internals/layer-weights';

type Layer = layers.Layer;

/**
 * The three modes of a BatchNormalization.
 *
 * - `'frozen'`: it normalises by its moving statistics, and nothing changes. As in Keras with `trainable = False`.
 * - `'affine'`: it normalises by its moving statistics, which don't change; gamma and beta learn. As Keras' recipe
 *   `base(inputs, training=False)` with `trainable = True`. Suited to small batches, whose statistics are imprecise.
 * - `'training'`: in training, it normalises by the batch's statistics and updates the moving ones, as Keras does.
 */
export type BatchNormMode = 'frozen' | 'affine' | 'training';

/** An option that is a mode. */
export const BATCH_NORM_MODE: OptionRule = oneOf('frozen', 'affine', 'training');

/** The fields of tfjs-layers' BatchNormalization that its type declarations leave out. */
export interface BatchNormLayer extends Layer {
  /** In models that Keras 2 saved, a list with one element. */
  readonly axis: number | readonly number[];
  readonly momentum: number;
  readonly epsilon: number;
  readonly gamma?: LayerVariable | null;
  readonly beta?: LayerVariable | null;
  readonly movingMean: LayerVariable;
  readonly movingVariance: LayerVariable;
}

const modes = new WeakMap<Layer, BatchNormMode>();

export function isBatchNorm(layer: Layer): boolean {
  return layer.getClassName() === 'BatchNormalization';
}

/** The mode that was set for a layer; undefined if none was. */
export function batchNormMode(layer: Layer): BatchNormMode | undefined {
  return modes.get(layer);
}

/**
 * Sets the mode of a BatchNormalization, for every way of running it: `fineTune`, `model.fit`, `apply`.
 *
 * tfjs-layers looks only at a call's `training` flag, never at `trainable`. Therefore this replaces the `call` method of
 * the layer object. The layer's class, config and weights stay as they are.
 */
export function setBatchNormMode(layer: Layer, mode: BatchNormMode): void {
  modes.set(layer, mode);
  const norm = layer as BatchNormLayer;
  replaceCall(layer, (x, training) =>
    mode === 'training' && training ? normalizeByBatch(norm, x) : normalizeByMoving(norm, x),
  );
}

/**
 * Keras' BatchNormalization in inference. TensorFlow.js' fused kernel always takes the last axis for the channels, and its
 * gradient crashes without a gamma and a beta.
 */
function normalizeByMoving(layer: BatchNormLayer, x: tf.Tensor): tf.Tensor {
  const { gamma, beta, movingMean, movingVariance, epsilon } = layer;
  return tf.tidy(() => {
    const mean = movingMean.read() as tf.Tensor1D;
    const variance = movingVariance.read() as tf.Tensor1D;
    if (channelAxis(layer, x.rank) !== x.rank - 1) {
      return scaleAndShift(layer, x, broadcast(layer, x, mean), broadcast(layer, x, variance));
    }
    const offset = (beta?.read() ?? tf.zerosLike(mean)) as tf.Tensor1D;
    const scale = (gamma?.read() ?? tf.onesLike(mean)) as tf.Tensor1D;
    return tf.batchNorm(x, mean, variance, offset, scale, epsilon);
  });
}

/** Keras' BatchNormalization in training: output and moving average use the biased variance of the batch. */
function normalizeByBatch(layer: BatchNormLayer, x: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const channel = channelAxis(layer, x.rank);
    const axes = x.shape.map((_, axis) => axis).filter((axis) => axis !== channel);
    const { mean, variance } = tf.moments(x, axes, true);
    move(layer.movingMean, mean, layer.momentum);
    move(layer.movingVariance, variance, layer.momentum);
    return scaleAndShift(layer, x, mean, variance);
  });
}

function scaleAndShift(layer: BatchNormLayer, x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  const scale = tf.rsqrt(tf.add(variance, layer.epsilon));
  const gamma = layer.gamma && broadcast(layer, x, layer.gamma.read());
  const beta = layer.beta && broadcast(layer, x, layer.beta.read());
  const normalized = tf.mul(tf.sub(x, mean), gamma ? tf.mul(scale, gamma) : scale);
  return beta ? tf.add(normalized, beta) : normalized;
}

/** The axis of the channels, counted from 0, in an array of some rank. */
export function channelAxis({ name, axis }: BatchNormLayer, rank: number): number {
  const [channel, ...more] = [axis].flat();
  if (more.length > 0) {
    throw new OptionError(
      `BatchNormalization: expected one axis of channels; layer "${name}" has ${more.length + 1}. ` +
        'TensorFlow.js knows no BatchNormalization of several axes.',
    );
  }
  return channel < 0 ? channel + rank : channel;
}

/** Numbers per channel, reshaped so that they broadcast with x. */
function broadcast(layer: BatchNormLayer, x: tf.Tensor, perChannel: tf.Tensor): tf.Tensor {
  const channel = channelAxis(layer, x.rank);
  return tf.reshape(
    perChannel,
    x.shape.map((size, axis) => (axis === channel ? size : 1)),
  );
}

function move(moving: LayerVariable, batch: tf.Tensor, momentum: number): void {
  const old = moving.read();
  moving.write(tf.add(tf.mul(old, momentum), tf.mul(tf.reshape(batch, old.shape), 1 - momentum)));
}
