import type { Classifier } from '../classifier/classifier';
import { isModel, leafLayers } from '../layers/leaf-layers';
import type { LearningRateGroups } from './learning-rate-factors';

/**
 * The depth of each layer, by path, counted from the head down: 0 for the head, 1 for the backbone's last stage, 2 for the
 * stage before it.
 *
 * Layers between stages belong to the stage that follows. A backbone without stages counts each layer with weights. In a
 * classifier of several networks, each network counts its own stages.
 */
export function layerDepths({ model, stages, headLayers }: Classifier): ReadonlyMap<string, number> {
  const head = new Set(headLayers);
  const stageOf = new Map(
    stages.flatMap(({ name, layers }) => layers.map((layer) => [layer, name] as const)),
  );
  const depths = new Map<string, number>();
  // Per network, the names of the stages that were met, from the last one on.
  const met = new Map<string, string[]>();
  let depth = 0;
  for (const { layer, path } of leafLayers(model).reverse()) {
    if (isModel(layer)) continue;
    const stage = stageOf.get(layer.name);
    if (head.has(path)) depths.set(path, 0);
    else if (stage !== undefined) {
      const network = stage.slice(0, stage.lastIndexOf('/') + 1);
      const names = met.get(network) ?? [];
      if (!names.includes(stage)) names.push(stage);
      met.set(network, names);
      depth = names.indexOf(stage) + 1;
      depths.set(path, depth);
    } else {
      if (stages.length === 0 && layer.weights.length > 0) depth += 1;
      depths.set(path, depth);
    }
  }
  return depths;
}

/** Rates by depth, as groups: the head has factor 1, the last stage `decay`, the stage before it `decay²`, and so on. */
export function layerDecayGroups(classifier: Classifier, decay: number): LearningRateGroups {
  const depths = layerDepths(classifier);
  return [...new Set(depths.values())]
    .sort((a, b) => a - b)
    .map((depth) => [(_, path) => depths.get(path) === depth, decay ** depth] as const);
}
