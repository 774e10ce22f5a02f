import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { leafLayers } from '../freezing/leaf-layers';
import { constantLayers } from '../model/constant-layer';
import { type LayerCall, type LayerCalls, type LayerValue, layerCalls } from '../model/layer-calls';

type Layer = layers.Layer;

/** A place where a model falls into a prefix that training leaves alone and the rest. */
export interface CutPoint {
  /** The path of the layer whose output the prefix ends with, nested models' names in front: `base/pool1_pool`. */
  readonly path: string;
  /** Of the features of one image, without the batch. */
  readonly shape: readonly number[];
  readonly value: LayerValue;
  readonly inputs: readonly LayerValue[];
  readonly outputs: readonly LayerValue[];
  readonly prefix: readonly LayerCall[];
  readonly rest: readonly LayerCall[];
}

/**
 * Where a model can be cut so that its first part need run once an image, the deepest place first.
 *
 * The prefix gives an image the same features at every step of a training: its layers are frozen, its
 * BatchNormalizations too, and there is no Dropout in it. Its one output is all that the rest reads: behind a layer
 * within a residual block there is no cut, as the shortcut reads what came before. A prefix without weights is none.
 *
 * Nested models that are frozen in part are opened, so that a cut may lie in one; where names of layers meet in
 * doing so, none is opened and the cut lies before the model. Of a model with several outputs all must lie behind the cut.
 *
 * @returns the deepest one first, those that it contains after it; none where nothing is frozen, or all.
 */
export function cutPoints(model: LayersModel): readonly CutPoint[] {
  const constant = constantLayers(model);
  const frozenInPart = (nested: LayersModel & Layer) => {
    const leaves = leafLayers(nested).map(({ layer }) => layer);
    return !constant(nested) && leaves.some((layer) => layer.weights.length > 0 && constant(layer));
  };
  const opened = cutsOf(
    model,
    layerCalls(model, (nested) => frozenInPart(nested as LayersModel & Layer)),
    constant,
  );
  if (opened.every(hasDistinctNames)) return opened;
  return cutsOf(
    model,
    layerCalls(model, () => false),
    constant,
  );
}

function cutsOf(
  model: LayersModel,
  { calls, inputs, outputs }: LayerCalls,
  constant: (layer: Layer) => boolean,
): CutPoint[] {
  const paths = new Map(leafLayers(model).map(({ layer, path }) => [layer, path]));
  const readBy = new Map<LayerCall, Set<LayerCall>>();
  const ancestors = (value: LayerValue): Set<LayerCall> => {
    const { call } = value;
    let known = readBy.get(call);
    if (!known) {
      known = new Set([...call.inputs.flatMap((input) => [...ancestors(input)]), call]);
      readBy.set(call, known);
    }
    return known;
  };
  const cuts: CutPoint[] = [];
  for (const value of calls.flatMap((call) => call.outputs)) {
    const before = ancestors(value);
    const prefix = calls.filter((call) => before.has(call));
    const rest = calls.filter((call) => !before.has(call));
    const crosses = (read: LayerValue) => read !== value && before.has(read.call);
    const isCut =
      rest.length > 0 &&
      inputs.every((input) => before.has(input.call)) &&
      prefix.every(({ layer }) => constant(layer)) &&
      prefix.some(({ layer }) => layer.weights.length > 0) &&
      !rest.some((call) => call.inputs.some(crosses)) &&
      !outputs.some((output) => before.has(output.call)) &&
      value.shape.slice(1).every((size) => size !== null);
    if (!isCut) continue;
    const path = paths.get(value.call.layer) ?? value.call.layer.name;
    cuts.push({ path, shape: value.shape.slice(1).map(Number), value, inputs, outputs, prefix, rest });
  }
  return cuts.sort((a, b) => b.prefix.length - a.prefix.length);
}

/** tfjs-layers wants the layers of a model to have names of their own, and nested models may share some. */
function hasDistinctNames({ prefix, rest }: CutPoint): boolean {
  return [prefix, rest].every((calls) => {
    const all = new Set(calls.map(({ layer }) => layer));
    return new Set([...all].map(({ name }) => name)).size === all.size;
  });
}
