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
  /** Null for layers that are never disposed, such as inputs. */
  _refCount: number | null;
  /** For a model: its layers, and models that were called in it. The model's `dispose` disposes both lists. */
  readonly layers?: readonly Layer[];
  readonly internalContainerRefs?: readonly Layer[];
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
  changeCount(layer, -1);
  for (const before of node.inboundLayers.map(recordOf)) {
    before.outboundNodes = before.outboundNodes.filter((other) => other !== node);
  }
}

/**
 * Makes a model not own its layers, which belong to another model: `dispose` of this model does nothing, and disposing the
 * other model frees the weights. tfjs-layers would keep the weights until both models are disposed.
 */
export function ownsNothing(model: LayersModel, shared: readonly Layer[]): LayersModel {
  for (const layer of shared) changeCount(layer, -1);
  model.dispose = () => ({ refCountAfterDispose: 0, numDisposedVariables: 0 });
  return model;
}

function changeCount(layer: Layer, by: number): void {
  const record = recordOf(layer);
  if (record._refCount !== null) record._refCount += by;
}

/**
 * Makes a model own its layers alone, nested models included: one `dispose` frees all weights. tfjs-layers counts the calls of
 * a layer as its users, so that a layer that is called twice would outlive the model.
 */
export function ownsAll(model: LayersModel): LayersModel {
  const counts = new Map<Layer, number>();
  const visit = (container: Layer) => {
    const { layers = [], internalContainerRefs = [] } = recordOf(container);
    for (const layer of [...layers, ...internalContainerRefs]) {
      const count = counts.get(layer) ?? 0;
      counts.set(layer, count + 1);
      if (count === 0) visit(layer);
    }
  };
  visit(model);
  for (const [layer, count] of counts) {
    const record = recordOf(layer);
    if (record._refCount !== null) record._refCount = count;
  }
  return model;
}
