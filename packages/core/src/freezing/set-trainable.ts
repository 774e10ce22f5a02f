import type { Optimizer, serialization } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { isModel, type LeafLayer, leafLayers } from '../layers/leaf-layers';
import { compiledWith } from '../tfjs-internals/compiled-model';
import { describedLayer, innerLayers } from '../tfjs-internals/inner-layers';
import { type BatchNormMode, isBatchNorm, setBatchNormMode } from './batch-norm-mode';

/**
 * Makes the given leaf layers trainable or frozen. The other layers keep their state.
 *
 * Only this file writes `trainable`, and only on leaf layers and the layers in wrappers. A nested model's own flag would hide
 * the flags of its layers, and is lost on save. Therefore such flags are first replaced by flags of the leaf layers inside.
 */
export function setTrainable(
  model: LayersModel,
  leaves: readonly LeafLayer[],
  trainable: boolean,
  batchNorm: BatchNormMode,
): void {
  const before = trainableWeightCount(model);
  openContainers(model);
  for (const { layer } of leaves) setLayerTrainable(layer, trainable, batchNorm);
  if (trainableWeightCount(model) !== before) recompile(model);
}

/**
 * Makes a layer trainable or frozen, with all layers that it wraps.
 *
 * @param batchNorm the mode of a BatchNormalization that is made trainable. If undefined, the layer
 * keeps its mode.
 */
export function setLayerTrainable(layer: layers.Layer, trainable: boolean, batchNorm?: BatchNormMode): void {
  const learns = trainable && !(isBatchNorm(layer) && batchNorm === 'frozen');
  const mode = learns ? batchNorm : 'frozen';
  layer.trainable = learns;
  if (isBatchNorm(layer) && mode) setBatchNormMode(layer, mode);
  const described = describedLayer(layer);
  if (described) described.trainable = learns;
  for (const inner of innerLayers(layer)) setLayerTrainable(inner, trainable, batchNorm);
}

/** Whether a layer learns, if the models around it do. A wrapper learns if one of the layers in it does. */
export function isTrainable(layer: layers.Layer): boolean {
  const inner = innerLayers(layer);
  return layer.trainable && (inner.length === 0 || inner.some(isTrainable));
}

function trainableWeightCount(model: LayersModel): number {
  return model.trainable ? model.trainableWeights.length : 0;
}

/** Replaces the flags of a model and of the models in it by flags of their layers. */
export function openContainers(model: LayersModel): void {
  const leaves = leafLayers(model).map(({ layer, parents }) => ({
    layer,
    effective: isTrainable(layer) && [model, ...parents].every((parent) => parent.trainable),
  }));
  const open = (container: LayersModel) => {
    if (!container.trainable) container.trainable = true;
    for (const layer of container.layers) if (isModel(layer)) open(layer);
  };
  open(model);
  for (const { layer, effective } of leaves) {
    // A wrapper that learns may have frozen layers in it.
    if (!effective || innerLayers(layer).length === 0) setLayerTrainable(layer, effective);
  }
}

/**
 * Compiles a compiled model again, because tfjs-layers collects the trainable weights at `compile`. The optimizer is fresh
 * with the same settings, because TensorFlow.js' optimizers keep their slots by position.
 */
function recompile(model: LayersModel): void {
  const compiled = compiledWith(model);
  if (!compiled) return;
  const { optimizer, loss, metrics } = compiled;
  const kind = optimizer.constructor as serialization.SerializableConstructor<Optimizer> & {
    fromConfig: typeof serialization.Serializable.fromConfig;
  };
  model.compile({ optimizer: kind.fromConfig(kind, optimizer.getConfig()), loss, metrics });
}
