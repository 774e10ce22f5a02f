import type { serialization } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { completeConfig } from '../tfjs-internals/complete-config';
import { leafLayers } from './leaf-layers';

/** A network's description in JSON, as `model.json` has it, with all options of all layers. */
export function describeNetwork(model: LayersModel): object {
  return complete(model).toJSON(null, false) as object;
}

/** A network's configuration, of which its class makes a copy, with all options of all layers. */
export function networkConfig(model: LayersModel): serialization.ConfigDict {
  return complete(model).getConfig();
}

function complete(model: LayersModel): LayersModel {
  for (const { layer } of leafLayers(model)) completeConfig(layer);
  return model;
}
