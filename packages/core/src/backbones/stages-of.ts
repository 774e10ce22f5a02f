import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Stage } from './backbone';

/** Splits a model's layers into consecutive stages; `stageOf` names the stage of a layer. */
export function stagesOf(model: LayersModel, stageOf: (layerName: string) => string): Stage[] {
  const stages: { name: string; layers: string[] }[] = [];
  for (const { name: layer } of model.layers) {
    const name = stageOf(layer);
    const last = stages.at(-1);
    if (last?.name === name) last.layers.push(layer);
    else stages.push({ name, layers: [layer] });
  }
  return stages;
}
