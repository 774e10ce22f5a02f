import type { Classifier } from '../classifier/classifier';
import { OptionError } from '../errors';
import { leafLayers } from '../layers/leaf-layers';
import { ANY, checkOptions, WHOLE_FROM_1 } from '../options/check-options';
import { layerDepths } from './layer-depths';
import type { PhaseOptions } from './phase-options';

/** How stages are thawed one at a time. */
export interface GradualThaw extends Partial<Pick<PhaseOptions, 'epochs' | 'learningRate'>> {
  /** The number of stages, from the head down, that get phases of their own; default all but the last one to thaw. */
  readonly stages?: number;
}

/**
 * The selections of layers that the phases of a gradual thaw freeze, one per phase: first all stages but the last one, then
 * all but the last two, and so on. The phase that thaws all is not among them.
 *
 * Howard and Ruder, 2018 (arXiv:1801.06146), as fastai's `freeze_to(-2)`, `freeze_to(-3)`, …
 *
 * @param staying the paths of the layers that stay frozen throughout.
 * @throws OptionError if an option is misspelt or outside its range, or the backbone has no stages.
 */
export function gradualSelections(
  classifier: Classifier,
  gradually: GradualThaw,
  staying: ReadonlySet<string>,
): readonly ((layer: unknown, path: string) => boolean)[] {
  checkOptions('fineTune: thaw.gradually', gradually, {
    epochs: WHOLE_FROM_1,
    learningRate: ANY,
    stages: WHOLE_FROM_1,
  });
  if (classifier.stages.length === 0) {
    throw new OptionError(
      'fineTune: expected a backbone with stages for thaw.gradually; this one has none. Give stages to classifier, or ' +
        'leave gradually out.',
    );
  }
  const depths = layerDepths(classifier);
  const thawed = leafLayers(classifier.model)
    .filter(({ layer, path }) => layer.weights.length > 0 && !staying.has(path))
    .map(({ path }) => depths.get(path) ?? 0);
  const below = [...new Set(thawed)].filter((depth) => depth > 0).sort((a, b) => a - b);
  const { stages = below.length - 1 } = gradually;
  return below.slice(0, Math.min(stages, below.length - 1)).map((deepest) => (_, path) => {
    return (depths.get(path) ?? 0) > deepest;
  });
}
