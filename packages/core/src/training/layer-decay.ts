import type { Classifier } from '../classifier/classifier';
import { layerDepths } from './layer-depths';
import type { LearningRateGroups } from './learning-rate-factors';

/** Rates by depth, as groups: the head has factor 1, the last stage `decay`, the stage before it `decay²`, and so on. */
export function layerDecayGroups(classifier: Classifier, decay: number): LearningRateGroups {
  const depths = layerDepths(classifier);
  return [...new Set(depths.values())]
    .sort((a, b) => a - b)
    .map((depth) => [(_, path) => depths.get(path) === depth, decay ** depth] as const);
}
