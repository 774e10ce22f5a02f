import type { LayerCall } from './layer-calls';

/**
 * For each call of a model: all calls that its output depends on, and the call itself.
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
