import type { LayersModel, layers, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { isModel } from '../layers/leaf-layers';
import { type LayerNode, nodeOf } from '../tfjs-internals/layer-nodes';

type Layer = layers.Layer;

/**
 * The part of a layer, besides its fields, that its translation reads. Layers of tfjs-layers have it, and so do stored
 * ones.
 */
export interface TranslatedLayer {
  readonly name: string;
  getClassName(): string;
  /** The configuration, by tfjs-layers' names in camel case. */
  getConfig(): object;
}

/** One call of a layer in a model. A shared layer has several calls. */
export interface LayerCall<Of extends TranslatedLayer = Layer> {
  readonly layer: Of;
  readonly inputs: readonly LayerValue<Of>[];
  readonly outputs: readonly LayerValue<Of>[];
  /** The arguments of the call besides the inputs. */
  readonly kwargs: object | null;
}

/** An output of a call. */
export interface LayerValue<Of extends TranslatedLayer = Layer> {
  readonly call: LayerCall<Of>;
  readonly index: number;
  /** The first size is null, for the number of images. */
  readonly shape: readonly (number | null)[];
}

/** A model as a list of calls, each after the calls whose values it reads. */
export interface LayerCalls<Of extends TranslatedLayer = Layer> {
  readonly calls: readonly LayerCall<Of>[];
  readonly inputs: readonly LayerValue<Of>[];
  readonly outputs: readonly LayerValue<Of>[];
}

/**
 * The calls that lead from a model's inputs to its outputs.
 *
 * The calls are found by the records that tfjs-layers keeps of each call. Calls of the same layers in other models don't
 * count, nor does the order of `model.layers`.
 *
 * @param opened whether a nested model is replaced by the calls inside it; if not, it is one call.
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
      // tfjs-layers records an input layer's call as reading its own output.
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
