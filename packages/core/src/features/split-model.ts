import * as tfl from '@tensorflow/tfjs-layers';
import type { LayerCall, LayerValue } from '../model/layer-calls';
import { forgetCall, type LayerNode, lastNode } from '../tfjs-internals/layer-nodes';
import type { CutPoint } from './cut-points';

type Layer = tfl.layers.Layer;

/** A model split into two models that share its layers. */
export interface SplitModel {
  /** Preprocessed images → features. */
  readonly prefix: tfl.LayersModel;
  /** Features → the model's outputs. */
  readonly rest: tfl.LayersModel;
  /** Removes the layers' records of the two models, which can't be run afterwards. */
  release(): void;
}

/**
 * Splits a model into two models by calling its layers again.
 *
 * tfjs-layers records each call of a layer for good, and counts it as a user that keeps the layer's weights from being
 * disposed. `release` removes these records, so that `toJSON`, `getLayer(…).output` and `dispose` work as before. Until
 * then a layer has several outputs; `getOutputAt(0)` is the original one.
 */
export function splitModel(cut: CutPoint): SplitModel {
  const added: { layer: Layer; node: LayerNode }[] = [];
  const { prefix, rest, value, path } = cut;
  const features = tfl.input({ shape: [...cut.shape], name: `${path.replaceAll('/', '_')}_features` });
  return {
    prefix: part(
      'prefix',
      prefix,
      cut.inputs.map((input) => [input, likeInput(input)]),
      [value],
    ),
    rest: part('rest', rest, [[value, features]], cut.outputs),
    release() {
      for (const { layer, node } of added.splice(0).reverse()) forgetCall(layer, node);
    },
  };

  function part(
    name: string,
    calls: readonly LayerCall[],
    given: readonly (readonly [LayerValue, tfl.SymbolicTensor])[],
    outputs: readonly LayerValue[],
  ): tfl.LayersModel {
    const known = new Map<LayerValue, tfl.SymbolicTensor>(given);
    for (const { layer, inputs, outputs, kwargs } of calls) {
      if (outputs.every((output) => known.has(output))) continue;
      const arguments_ = inputs.map((input) => known.get(input)!);
      const made = layer.apply(arguments_.length === 1 ? arguments_[0] : arguments_, kwargs ?? undefined);
      added.push({ layer, node: lastNode(layer) });
      for (const [i, tensor] of [made].flat().entries()) known.set(outputs[i], tensor as tfl.SymbolicTensor);
    }
    return tfl.model({
      inputs: given.map(([, tensor]) => tensor),
      outputs: outputs.map((output) => known.get(output)!),
      name,
    });
  }
}

function likeInput({ call, shape }: LayerValue): tfl.SymbolicTensor {
  return tfl.input({ batchShape: [...shape], name: call.layer.name });
}
