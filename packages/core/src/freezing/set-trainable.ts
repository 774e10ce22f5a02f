import type { Optimizer, serialization } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { compiledWith } from '../tfjs-internals/compiled-model';
import { type BatchNormMode, isBatchNorm, setBatchNormMode } from './batch-norm-mode';
import { isModel, type LeafLayer, leafLayers } from './leaf-layers';

/**
 * Makes the given leaves learn or stay, and leaves the others as they are.
 *
 * The only place that writes `trainable`. It writes it on leaves: a nested model's own flag would hide its
 * layers' flags and is lost on save, so that it is first turned into flags of the leaves it stands for.
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
 * A compiled model collected its trainable weights at `compile`: collect them anew, with a fresh optimizer of
 * the same settings, because tfjs' optimizers keep their moments by position.
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
