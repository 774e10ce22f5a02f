import type { LayersModel, layers, SymbolicTensor } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;

/** tfjs-layers' record of one call of a layer. */
export interface LayerNode {
  readonly inboundLayers: readonly Layer[];
  readonly inputTensors: readonly SymbolicTensor[];
  readonly outputTensors: readonly SymbolicTensor[];
  /** The arguments of the call besides the inputs. */
  readonly callArgs: object | null;
}

/** The fields of a layer with the records of its calls, and the number of users that keep its weights from being disposed. */
interface Recorded {
  inboundNodes: LayerNode[];
  outboundNodes: LayerNode[];
  _refCount: number;
}

function recordOf(layer: Layer): Recorded {
  return layer as unknown as Recorded;
}

/** The record of the call that returned a symbolic tensor. */
export function nodeOf({ sourceLayer, nodeIndex }: SymbolicTensor): LayerNode {
  return recordOf(sourceLayer).inboundNodes[nodeIndex];
}

/** The record of a layer's last call. */
export function lastNode(layer: Layer): LayerNode {
  return recordOf(layer).inboundNodes.at(-1)!;
}

/** Removes the record of a layer's call, if it is still the last one. A later call depends on the positions of records. */
export function forgetCall(layer: Layer, node: LayerNode): void {
  const record = recordOf(layer);
  if (record.inboundNodes.at(-1) !== node) return;
  record.inboundNodes.pop();
  record._refCount -= 1;
  for (const before of node.inboundLayers.map(recordOf)) {
    before.outboundNodes = before.outboundNodes.filter((other) => other !== node);
  }
}

/**
 * Makes a model not own its layers, which belong to another model: `dispose` of this model does nothing, and disposing the
 * other model frees the weights. tfjs-layers would keep the weights until both models are disposed.
 */
export function ownsNothing(model: LayersModel, shared: readonly Layer[]): LayersModel {
  for (const layer of shared) recordOf(layer)._refCount -= 1;
  model.dispose = () => ({ refCountAfterDispose: 0, numDisposedVariables: 0 });
  return model;
}
