import type { LayerCall } from './layer-calls';

/**
 * Per call of a model: the calls that its values are computed by, itself included.
 *
 * @param calls each after the calls whose values it reads, as `layerCalls` gives them
 */
export function callsBefore(calls: readonly LayerCall[]): ReadonlyMap<LayerCall, ReadonlySet<LayerCall>> {
  const before = new Map<LayerCall, ReadonlySet<LayerCall>>();
  for (const call of calls) {
    before.set(call, new Set([...call.inputs.flatMap((input) => [...before.get(input.call)!]), call]));
  }
  return before;
}
