import * as tfl from '@tensorflow/tfjs-layers';
import type { LayerCall, LayerValue } from '../model/layer-calls';
import { forgetCall, type LayerNode, lastNode } from '../tfjs-internals/layer-nodes';
import type { CutPoint } from './cut-points';

type Layer = tfl.layers.Layer;

/** A model in two parts that share its layers. */
export interface SplitModel {
  /** Preprocessed images → features. */
  readonly prefix: tfl.LayersModel;
  /** Features → what the model gives. */
  readonly rest: tfl.LayersModel;
  /** Takes the layers' record of the two parts back; they can't be run any more. */
  release(): void;
}

/**
 * Makes two models of one by applying its layers anew.
 *
 * Each layer records every call for good, and counts it as a user that keeps its weights from being disposed:
 * `release` takes that back, so that the model is what it was: `toJSON`, `getLayer(…).output` and `dispose` included.
 * Until then a layer has several outputs: `getOutputAt(0)` is the model's own.
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
