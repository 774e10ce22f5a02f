import { WeightsFileError } from './errors';
import type { Json } from './json';

/** A layer as Keras 2 and TensorFlow.js describe it in JSON. */
export interface LayerJson {
  readonly class_name: string;
  readonly config: Json;
  readonly name: string;
  /** One list of inputs per call. */
  readonly inbound_nodes: readonly (readonly CallInput[])[];
}

/** An output of a layer's call, and further arguments of the call that reads it. */
export type CallInput = readonly [layer: string, call: number, output: number, kwargs: Json];

interface Graph {
  readonly layers: readonly LayerJson[];
  readonly inputs: readonly CallInput[];
  readonly outputs: readonly CallInput[];
}

/**
 * Numbers the calls of nested models in a model's layers, inputs and outputs as TensorFlow.js does, from 1. Keras counts from
 * 0, and some versions from 1; Keras 3 counts from 1 where a nested model gives the outputs, unless it is a Sequential.
 *
 * Also checks that every call can be made. TensorFlow.js would loop forever if a layer is missing.
 *
 * @throws {WeightsFileError} a name that no layer has or two have, a call that isn't made, or calls in a circle
 */
export function withCallNumbers(
  graph: Graph,
  { source, keras3 }: { source: string; keras3: boolean },
): Graph {
  const { layers, outputs } = graph;
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  if (byName.size !== layers.length) {
    throw new WeightsFileError(`${source}: expected layers of different names; two have the same.`);
  }
  const read = [...outputs, ...layers.flatMap(({ inbound_nodes }) => inbound_nodes.flat())];
  const added = new Map<string, number>();
  for (const { name, class_name, inbound_nodes } of layers) {
    const isModel = class_name === 'Model' || class_name === 'Sequential';
    const fromOne = !keras3 && read.some(([layer, call]) => layer === name && call >= inbound_nodes.length);
    if (isModel && !fromOne) added.set(name, 1);
  }
  const renumbered = (inputs: readonly CallInput[], fromOne = (_: string) => false) =>
    inputs.map(
      ([layer, call, ...rest]): CallInput => [
        layer,
        call + (fromOne(layer) ? 0 : (added.get(layer) ?? 0)),
        ...rest,
      ],
    );
  const zeros = new Set(outputs.flatMap(([layer, call]) => (call === 0 ? [layer] : [])));
  const isFromOne = (layer: string) =>
    keras3 && byName.get(layer)?.class_name === 'Model' && !zeros.has(layer);
  const result = {
    layers: layers.map((layer) => ({
      ...layer,
      inbound_nodes: layer.inbound_nodes.map((inputs) => renumbered(inputs)),
    })),
    inputs: graph.inputs,
    outputs: renumbered(outputs, isFromOne),
  };
  checkCalls(result, source);
  return result;
}

function checkCalls({ layers, inputs, outputs }: Graph, source: string): void {
  const isModel = (layer: LayerJson) => layer.class_name === 'Model' || layer.class_name === 'Sequential';
  const without = layers.find(({ inbound_nodes }) => inbound_nodes.some((needs) => needs.length === 0));
  if (without) throw unmade([without.name, 0, 0, {}], source);
  const made = new Set<string>();
  // The call of an input layer isn't listed. A nested model has one call before the listed ones.
  for (const { name, class_name } of layers) if (class_name === 'InputLayer') made.add(`${name} 0`);
  const waiting = layers.flatMap((layer) =>
    layer.inbound_nodes.map((needs, call) => ({
      key: `${layer.name} ${call + (isModel(layer) ? 1 : 0)}`,
      needs,
    })),
  );
  const isMade = ([layer, call]: CallInput) => made.has(`${layer} ${call}`);
  for (let left = waiting; left.length > 0; ) {
    const next = left.filter(({ needs }) => !needs.every(isMade));
    for (const { key, needs } of left) if (needs.every(isMade)) made.add(key);
    if (next.length === left.length) throw unmade(next[0].needs.find((need) => !isMade(need))!, source);
    left = next;
  }
  const missing = [...inputs, ...outputs].find((end) => !isMade(end));
  if (missing) throw unmade(missing, source);
}

function unmade([layer, call]: CallInput, source: string): WeightsFileError {
  return new WeightsFileError(
    `${source}: expected call ${call} of a layer "${layer}", which others read; it isn't made, or reads itself. ` +
      'The description of the model is damaged: save it again.',
  );
}
