import type { Optimizer, serialization } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { isModel, type LeafLayer, leafLayers } from '../layers/leaf-layers';
import { compiledWith } from '../tfjs-internals/compiled-model';
import { type BatchNormMode, isBatchNorm, setBatchNormMode } from './batch-norm-mode';

/**
 * Makes the given leaf layers trainable or frozen. The other layers keep their state.
 *
 * Only this function writes `trainable`, and only on leaf layers. A nested model's own flag would hide the flags of its
 * layers, and is lost on save. Therefore such flags are first replaced by flags of the leaf layers inside.
 */
export function setTrainable(
  model: LayersModel,
  leaves: readonly LeafLayer[],
  trainable: boolean,
  batchNorm: BatchNormMode,
): void {
  const before = trainableWeightCount(model);
  openContainers(model);
  for (const { layer } of leaves) {
    const learns = trainable && !(isBatchNorm(layer) && batchNorm === 'frozen');
    layer.trainable = learns;
    if (isBatchNorm(layer)) setBatchNormMode(layer, learns ? batchNorm : 'frozen');
  }
  if (trainableWeightCount(model) !== before) recompile(model);
}

function trainableWeightCount(model: LayersModel): number {
  return model.trainable ? model.trainableWeights.length : 0;
}

function openContainers(model: LayersModel): void {
  const leaves = leafLayers(model).map(({ layer, parents }) => ({
    layer,
    effective: layer.trainable && [model, ...parents].every((parent) => parent.trainable),
  }));
  const open = (container: LayersModel) => {
    if (!container.trainable) container.trainable = true;
    for (const layer of container.layers) if (isModel(layer)) open(layer);
  };
  open(model);
  for (const { layer, effective } of leaves) {
    layer.trainable = effective;
    if (isBatchNorm(layer) && !effective) setBatchNormMode(layer, 'frozen');
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
