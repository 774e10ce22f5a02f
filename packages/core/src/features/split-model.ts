import * as tfl from '@tensorflow/tfjs-layers';
import type { LayerCall, LayerValue } from '../model/layer-calls';
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

/** What tfjs-layers records of the calls of a layer; its declarations leave some of it protected. */
interface Recorded {
  inboundNodes: Node[];
  outboundNodes: Node[];
  _refCount: number;
}

interface Node {
  readonly inboundLayers: readonly Layer[];
}

/**
 * Makes two models of one by applying its layers anew.
 *
 * Each layer records every call for good, and counts it as a user that keeps its weights from being disposed:
 * `release` takes that back, so that the model is what it was: `toJSON`, `getLayer(…).output` and `dispose` included.
 * Until then a layer has several outputs: `getOutputAt(0)` is the model's own.
 */
export function splitModel(cut: CutPoint): SplitModel {
  const added: { layer: Recorded; node: Node }[] = [];
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
      for (const { layer, node } of added.splice(0).reverse()) {
        // Somebody else's later call would change its place.
        if (layer.inboundNodes.at(-1) !== node) continue;
        layer.inboundNodes.pop();
        layer._refCount -= 1;
        for (const before of node.inboundLayers as unknown as Recorded[]) {
          before.outboundNodes = before.outboundNodes.filter((other) => other !== node);
        }
      }
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
      const recorded = layer as unknown as Recorded;
      added.push({ layer: recorded, node: recorded.inboundNodes.at(-1)! });
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
