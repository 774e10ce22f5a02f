import { SavedModelError } from '../errors';

/** One call of a layer: for each input, the layer that gives it and the number of that layer's call. */
type Call = readonly (readonly [layer: string, call: number])[];

/** The classes of networks that list calls. The layers of a Sequential network are a chain without listed calls. */
const GRAPHS = ['Model', 'Functional'];

/** Spellings that TensorFlow.js reads but never writes. They are refused, so that no check can be bypassed by them. */
const OTHER_SPELLINGS = ['className', 'inboundNodes'];

/**
 * Checks that the inputs of all layers can be computed. If a layer reads a missing layer, or layers read each other in a
 * circle, TensorFlow.js would loop forever.
 *
 * @param topology a network as in `model.json`. Nested networks are checked too.
 * @throws SavedModelError, which names the layer.
 */
export function checkTopology(topology: unknown, place: string): void {
  if (typeof topology !== 'object' || topology === null) return;
  const { class_name, config } = topology as { class_name?: unknown; config?: unknown };
  const other = OTHER_SPELLINGS.find((key) => Object.hasOwn(topology, key));
  if (other !== undefined) throw broken(place, `it has a "${other}", in place of snake case`);
  if (GRAPHS.includes(class_name as string)) checkGraph(config, place);
  for (const part of Object.values(topology)) checkTopology(part, place);
}

function checkGraph(config: unknown, place: string): void {
  const { name, layers } = (config ?? {}) as { name?: unknown; layers?: unknown };
  if (!Array.isArray(layers)) throw broken(place, `network "${name}" has no list of layers`);
  const calls = new Map<string, Call[]>();
  const made = new Map<string, number>();
  for (const layer of layers) {
    const own = layer?.config?.name;
    if (typeof own !== 'string' || own !== layer.name || calls.has(own)) {
      throw broken(
        place,
        `layer ${JSON.stringify(own)} of network "${name}" has two names, or one that another layer has`,
      );
    }
    calls.set(own, callsOf(layer.inbound_nodes, own, place));
    made.set(own, callsFromTheStart(layer));
  }
  resolveCalls(calls, made, place);
}

/** Resolves calls whose inputs are resolved, until no call is left or none can be resolved. */
function resolveCalls(calls: ReadonlyMap<string, Call[]>, made: Map<string, number>, place: string): void {
  let waiting = [...calls].flatMap(([layer, own]) => own.map((call) => ({ layer, call })));
  while (waiting.length > 0) {
    const later = waiting.filter(({ layer, call }) => {
      if (call.some(([from, index]) => !(index < (made.get(from) ?? 0)))) return true;
      if (call.length > 0) made.set(layer, made.get(layer)! + 1);
      return false;
    });
    if (later.length === waiting.length) throw waitsForGood(waiting[0], made, place);
    waiting = later;
  }
}

function waitsForGood(
  { layer, call }: { readonly layer: string; readonly call: Call },
  made: ReadonlyMap<string, number>,
  place: string,
): SavedModelError {
  const unknown = call.find(([from]) => !made.has(from))?.[0];
  const why = unknown === undefined ? 'a call that never comes' : `a layer "${unknown}" that it doesn't have`;
  return broken(place, `layer "${layer}" waits for the output of ${why}`);
}

function callsOf(nodes: unknown, layer: string, place: string): Call[] {
  const isInput = (input: unknown) =>
    Array.isArray(input) && typeof input[0] === 'string' && Number.isInteger(input[1]) && input[1] >= 0;
  const isCall = (call: unknown) => Array.isArray(call) && call.every(isInput);
  if (Array.isArray(nodes) && nodes.every(isCall)) return nodes as unknown as Call[];
  throw broken(place, `layer "${layer}" has no list inbound_nodes of [layer, call, output]`);
}

/** How many calls of a layer exist from the start: 1 for input layers and networks, except an empty Sequential. */
function callsFromTheStart(layer: { readonly class_name?: unknown; readonly config?: unknown }): number {
  const { class_name, config } = layer;
  if (class_name === 'InputLayer' || GRAPHS.includes(class_name as string)) return 1;
  if (class_name !== 'Sequential') return 0;
  const layers = Array.isArray(config) ? config : (config as { layers?: unknown }).layers;
  return Array.isArray(layers) && layers.length > 0 ? 1 : 0;
}

function broken(place: string, what: string): SavedModelError {
  return new SavedModelError(
    `load: expected a network whose layers build on each other at ${place}; ${what}.`,
  );
}
