import type { serialization } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { copyFreezeState } from '../freezing/freeze-state';
import { networkConfig } from '../layers/describe-network';
import { modelWeights } from '../weights/model-weights';

/** The differences of a copy from its model. */
interface Changes {
  /** The shape of the first input, without the batch. */
  readonly inputShape?: readonly (number | null)[];
  /** Put before every layer's name. */
  readonly prefix?: string;
}

interface LayerConfig {
  name: string;
  className: string;
  config: { [key: string]: unknown; name?: string; layers?: LayerConfig[] };
  inboundNodes: unknown[][][];
}

/**
 * A copy of a model, weights and freeze state included, with another input size or other names of layers;
 * the caller disposes it.
 */
export function copyModel(model: LayersModel, { inputShape, prefix = '' }: Changes): LayersModel {
  const config = JSON.parse(JSON.stringify(networkConfig(model)), (key, value) =>
    // Numbers that are overwritten need not be drawn.
    key.endsWith('Initializer') && value ? { className: 'Zeros', config: {} } : value,
  ) as { layers: LayerConfig[]; inputLayers?: unknown[][]; outputLayers?: unknown[][] };
  const first = config.layers.find(
    ({ className, config: own }) => className === 'InputLayer' || own.batchInputShape,
  );
  if (inputShape && first) first.config.batchInputShape = [null, ...inputShape];
  if (prefix) rename(config, prefix);
  const { fromConfig } = model.constructor as unknown as {
    fromConfig(type: unknown, config: serialization.ConfigDict): LayersModel;
  };
  const copy = fromConfig.call(
    model.constructor,
    model.constructor,
    config as unknown as serialization.ConfigDict,
  );
  const values = modelWeights(model);
  for (const [i, { variable }] of modelWeights(copy).entries()) variable.assign(values[i].variable);
  copyFreezeState(model, copy);
  return copy;
}

function rename(
  {
    layers,
    inputLayers = [],
    outputLayers = [],
  }: { layers: LayerConfig[]; inputLayers?: unknown[][]; outputLayers?: unknown[][] },
  prefix: string,
): void {
  for (const layer of layers) {
    const { config, inboundNodes = [] } = layer;
    if (layer.name !== undefined) layer.name = prefix + layer.name;
    if (config.name !== undefined) config.name = prefix + config.name;
    for (const read of inboundNodes.flat()) read[0] = prefix + read[0];
    if (config.layers) rename(config as { layers: LayerConfig[] }, prefix);
  }
  for (const end of [...inputLayers, ...outputLayers]) end[0] = prefix + end[0];
}
