import { OptionError } from '../errors';
import { type Freezable, modelOf } from '../freezing/freezable';
import { type Selection, selectLayers } from '../freezing/selection';
import { modelWeights } from '../weights/model-weights';

/** Groups of layers, each with a factor for the learning rate. If a layer is in several groups, the last one counts. */
export type LearningRateGroups = readonly (readonly [layers: Selection, factor: number])[];

/**
 * The factors of the learning rate by layer path; layers without one have factor 1.
 *
 * @throws OptionError if a factor isn't above 0; SelectionError if a selection names a missing layer or stage.
 */
export function factorsByPath(
  target: Freezable,
  groups: LearningRateGroups = [],
): ReadonlyMap<string, number> {
  const ofPath = new Map<string, number>();
  for (const [selection, factor] of groups) {
    if (!(factor > 0 && Number.isFinite(factor))) {
      throw new OptionError(
        `learningRateFactors: expected factors above 0; received ${factor}. Call freeze for layers that are to stay.`,
      );
    }
    for (const { path } of selectLayers(target, selection)) ofPath.set(path, factor);
  }
  return ofPath;
}

/**
 * The factors of the learning rate by variable name, as an Optimizer's `learningRateFactors`.
 *
 * @throws OptionError if a factor isn't above 0; SelectionError if a selection names a missing layer or stage.
 */
export function learningRateFactors(
  target: Freezable,
  groups: LearningRateGroups = [],
): ReadonlyMap<string, number> {
  const ofPath = factorsByPath(target, groups);
  return new Map(
    modelWeights(modelOf(target))
      .filter(({ layerPath }) => ofPath.has(layerPath))
      .map(({ layerPath, variable }) => [variable.name, ofPath.get(layerPath)!]),
  );
}
