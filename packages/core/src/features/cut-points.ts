import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { leafLayers } from '../layers/leaf-layers';
import { callsBefore } from '../model/calls-before';
import { constantLayers } from '../model/constant-layer';
import { type LayerCall, type LayerCalls, type LayerValue, layerCalls } from '../model/layer-calls';

type Layer = layers.Layer;

/** A cut: a place that splits a model into a prefix, which training doesn't change, and the rest. */
export interface CutPoint {
  /** The path of the layer whose output is the result of the prefix: `base/pool1_pool`. */
  readonly path: string;
  /** The shape of one image's features. */
  readonly shape: readonly number[];
  readonly value: LayerValue;
  readonly inputs: readonly LayerValue[];
  readonly outputs: readonly LayerValue[];
  readonly prefix: readonly LayerCall[];
  readonly rest: readonly LayerCall[];
}

/**
 * The cuts of a model at which the prefix needs to run only once per image.
 *
 * The prefix gives an image the same features at every step of training: its layers are frozen, including BatchNormalization
 * layers, and it contains no Dropout. The rest reads only the result of the prefix. Within a residual block there is no cut,
 * because the shortcut reads an earlier value. The prefix has at least one weight. All outputs of the model are in the rest.
 *
 * A cut may lie inside a nested model of which only a part is frozen. If that gives two layers of a part the same name, only
 * cuts outside of nested models count.
 *
 * @returns the cuts, deepest first; none if no layer is frozen, or all are.
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
  const beforeCall = callsBefore(calls);
  const cuts: CutPoint[] = [];
  for (const value of calls.flatMap((call) => call.outputs)) {
    const before = beforeCall.get(value.call)!;
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

/** Whether the layers of both parts have distinct names, as tfjs-layers demands. Layers of different nested models may not. */
function hasDistinctNames({ prefix, rest }: CutPoint): boolean {
  return [prefix, rest].every((calls) => {
    const all = new Set(calls.map(({ layer }) => layer));
    return new Set([...all].map(({ name }) => name)).size === all.size;
  });
}
