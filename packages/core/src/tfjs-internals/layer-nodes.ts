import type { LayersModel, layers, SymbolicTensor } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;

/** tfjs-layers' record of one call of a layer. */
export interface LayerNode {
  readonly inboundLayers: readonly Layer[];
  readonly inputTensors: readonly SymbolicTensor[];
  readonly outputTensors: readonly SymbolicTensor[];
  /** What the layer was called with, besides its inputs. */
  readonly callArgs: object | null;
}

/** What tfjs-layers records of a layer's calls, and how many users keep its weights from being disposed. */
interface Recorded {
  inboundNodes: LayerNode[];
  outboundNodes: LayerNode[];
  _refCount: number;
}

function recordOf(layer: Layer): Recorded {
  return layer as unknown as Recorded;
}

/** The call that a symbolic tensor comes from. */
export function nodeOf({ sourceLayer, nodeIndex }: SymbolicTensor): LayerNode {
  return recordOf(sourceLayer).inboundNodes[nodeIndex];
}

/** The last call of a layer. */
export function lastNode(layer: Layer): LayerNode {
  return recordOf(layer).inboundNodes.at(-1)!;
}

/** Takes the record of a layer's last call back, if it is still this one: somebody else's later call would change its place. */
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
 * Makes a model own none of the layers that were called once more for it: their weights go with the model that they came
 * from, and `dispose` of this one does nothing. tfjs-layers would keep the weights until both are disposed.
 */
export function ownsNothing(model: LayersModel, shared: readonly Layer[]): LayersModel {
  for (const layer of shared) recordOf(layer)._refCount -= 1;
  model.dispose = () => ({ refCountAfterDispose: 0, numDisposedVariables: 0 });
  return model;
}
