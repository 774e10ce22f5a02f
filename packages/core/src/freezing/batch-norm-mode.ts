import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;

/**
 * The three states of a BatchNormalization.
 *
 * - `'frozen'`: normalises by its moving statistics; nothing of it moves. As in Keras with `trainable = False`.
 * - `'affine'`: normalises by its moving statistics, which stay; gamma and beta learn. As Keras' recipe
 *   `base(inputs, training=False)` with `trainable = True`; right for small batches, whose statistics are poor.
 * - `'training'`: normalises by the batch's statistics in training and moves the moving ones, as Keras does.
 */
export type BatchNormMode = 'frozen' | 'affine' | 'training';

interface BatchNormLayer extends Layer {
  readonly axis: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly gamma?: LayerVariable | null;
  readonly beta?: LayerVariable | null;
  readonly movingMean: LayerVariable;
  readonly movingVariance: LayerVariable;
}

interface LayerVariable {
  read(): tf.Tensor;
  write(value: tf.Tensor): void;
}

const modes = new WeakMap<Layer, BatchNormMode>();

export function isBatchNorm(layer: Layer): boolean {
  return layer.getClassName() === 'BatchNormalization';
}

/** The mode that freezing gave the layer; undefined where it never spoke of it. */
export function batchNormMode(layer: Layer): BatchNormMode | undefined {
  return modes.get(layer);
}

/**
 * Puts a BatchNormalization into a mode, for every way of running it: `fineTune`, `model.fit`, `apply`.
 *
 * tfjs-layers asks only the `training` flag of a call, never `trainable`, so the layer's own `call` is
 * replaced; the layer's class, config and weights stay as they are.
 */
export function setBatchNormMode(layer: Layer, mode: BatchNormMode): void {
  modes.set(layer, mode);
  const inference = Object.getPrototypeOf(layer).call as Layer['call'];
  layer.call = (inputs, kwargs) =>
    mode === 'training' && kwargs?.training
      ? normalizeByBatch(layer as BatchNormLayer, Array.isArray(inputs) ? inputs[0] : inputs)
      : inference.call(layer, inputs, { ...kwargs, training: false });
}

/** Keras' BatchNormalization in training: biased batch variance, in the output and in the moving average. */
function normalizeByBatch(layer: BatchNormLayer, x: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const channel = layer.axis >= 0 ? layer.axis : layer.axis + x.rank;
    const axes = x.shape.map((_, axis) => axis).filter((axis) => axis !== channel);
    const shape = x.shape.map((size, axis) => (axis === channel ? size : 1));
    const { mean, variance } = tf.moments(x, axes, true);
    const perChannel = (weight?: LayerVariable | null) => weight && tf.reshape(weight.read(), shape);
    const scale = tf.rsqrt(tf.add(variance, layer.epsilon));
    const gamma = perChannel(layer.gamma);
    const beta = perChannel(layer.beta);
    const normalized = tf.mul(tf.sub(x, mean), gamma ? tf.mul(scale, gamma) : scale);
    move(layer.movingMean, mean, layer.momentum);
    move(layer.movingVariance, variance, layer.momentum);
    return beta ? tf.add(normalized, beta) : normalized;
  });
}

function move(moving: LayerVariable, batch: tf.Tensor, momentum: number): void {
  const old = moving.read();
  moving.write(tf.add(tf.mul(old, momentum), tf.mul(tf.reshape(batch, old.shape), 1 - momentum)));
}
