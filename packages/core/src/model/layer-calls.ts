import type { LayersModel, layers, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { isModel } from '../freezing/leaf-layers';
import { type LayerNode, nodeOf } from '../tfjs-internals/layer-nodes';

type Layer = layers.Layer;

/** One application of a layer in a model; a shared layer has several. */
export interface LayerCall {
  readonly layer: Layer;
  readonly inputs: readonly LayerValue[];
  readonly outputs: readonly LayerValue[];
  /** What the layer was applied with, besides its inputs. */
  readonly kwargs: object | null;
}

/** An output of a call. */
export interface LayerValue {
  readonly call: LayerCall;
  readonly index: number;
  /** The first size is the batch's: null. */
  readonly shape: readonly (number | null)[];
}

/** A model as a list of calls, each after those whose values it reads. */
export interface LayerCalls {
  readonly calls: readonly LayerCall[];
  readonly inputs: readonly LayerValue[];
  readonly outputs: readonly LayerValue[];
}

/**
 * The calls that lead from a model's inputs to its outputs.
 *
 * It goes by the calls' own records, so that what else a layer is part of doesn't count, nor the order of `model.layers`.
 *
 * @param opened whether a nested model stands for the calls in it, or for one call.
 */
export function layerCalls(model: LayersModel, opened: (nested: LayersModel) => boolean): LayerCalls {
  const calls: LayerCall[] = [];

  const visit = (container: LayersModel, given: readonly LayerValue[] | undefined): readonly LayerValue[] => {
    const known = new Map<number, LayerValue>(given?.map((value, i) => [container.inputs[i].id, value]));
    const read = (tensor: SymbolicTensor): LayerValue => {
      const found = known.get(tensor.id);
      if (found) return found;
      const layer = tensor.sourceLayer;
      const node = nodeOf(tensor);
      // An input layer's call says that it reads what it gives.
      const inputs = node.inboundLayers.length === 0 ? [] : node.inputTensors.map(read);
      const outputs = isModel(layer) && opened(layer) ? visit(layer, inputs) : added(layer, inputs, node);
      for (const [i, output] of node.outputTensors.entries()) known.set(output.id, outputs[i]);
      return known.get(tensor.id)!;
    };
    if (!given) for (const input of container.inputs) read(input);
    return container.outputs.map(read);
  };

  const added = (layer: Layer, inputs: readonly LayerValue[], node: LayerNode): readonly LayerValue[] => {
    const outputs: LayerValue[] = [];
    const call: LayerCall = { layer, inputs, outputs, kwargs: node.callArgs };
    for (const [index, { shape }] of node.outputTensors.entries()) outputs.push({ call, index, shape });
    calls.push(call);
    return outputs;
  };

  const outputs = visit(model, undefined);
  return { calls, inputs: calls.slice(0, model.inputs.length).flatMap((call) => call.outputs), outputs };
}
