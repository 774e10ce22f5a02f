import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { callsBefore } from './calls-before';
import { constantLayers } from './constant-layer';
import type { LayerCall, LayerValue } from './layer-calls';

/** A branch of a residual block that training changes. */
export interface ResidualBranch {
  /** The layer that adds the branch to its shortcut. */
  readonly call: LayerCall;
  /** Which input of the layer is the branch: 0 or 1. */
  readonly input: number;
  /** The branch's place in its network, above 0: 1 for the last branch that learns, half of it for the one half as deep. */
  readonly depth: number;
}

/** The layer classes that add the branch of a residual block to its shortcut. */
const SUMS = new Set(['Add', 'CustomScaleLayer']);

/** The layer classes by which a network drops a branch itself. */
const DROPS = new Set(['Dropout', 'SpatialDropout2D']);

/**
 * Finds the residual blocks of a model whose branches learn: sums of two values of which one is computed from the other, or
 * both from a third one. The branch is then the value with more weighted layers.
 *
 * Frozen branches are left out, and branches that end in a Dropout, as those of Keras' EfficientNets.
 */
export function residualBranches(model: LayersModel, calls: readonly LayerCall[]): readonly ResidualBranch[] {
  const constant = constantLayers(model);
  const before = callsBefore(calls);
  const found = calls.flatMap((call) => {
    const input = branchOf(call, before);
    if (input === undefined) return [];
    const own = ownCalls(call.inputs[input], call.inputs[1 - input], before).map(({ layer }) => layer);
    const learns = own.some((layer) => layer.weights.length > 0 && !constant(layer));
    const drops = DROPS.has(call.inputs[input].call.layer.getClassName());
    return learns && !drops ? [{ call, input }] : [];
  });
  const countBefore = (call: LayerCall) => found.filter((other) => before.get(call)!.has(other.call)).length;
  return found.map(({ call, input }) => {
    const after = found.filter((other) => before.get(other.call)!.has(call));
    const last = Math.max(...after.map((other) => countBefore(other.call)));
    return { call, input, depth: countBefore(call) / last };
  });
}

type Before = ReturnType<typeof callsBefore>;

/** Which input of a call is the branch of a residual block; undefined if the call isn't the sum of one. */
function branchOf({ layer, inputs }: LayerCall, before: Before): number | undefined {
  if (!SUMS.has(layer.getClassName()) || inputs.length !== 2) return undefined;
  const [first, second] = inputs.map((value) => before.get(value.call)!);
  if (![...first].some((call) => second.has(call))) return undefined;
  const [ofFirst, ofSecond] = [
    weighted(inputs[0], inputs[1], before),
    weighted(inputs[1], inputs[0], before),
  ];
  if (ofFirst === ofSecond) return undefined;
  return ofFirst > ofSecond ? 0 : 1;
}

/** The number of weighted layers that a value is computed by, and the other isn't. */
function weighted(value: LayerValue, other: LayerValue, before: Before): number {
  return ownCalls(value, other, before).filter(({ layer }) => (layer as layers.Layer).weights.length > 0)
    .length;
}

/** The calls that a value is computed by, and the other isn't. */
function ownCalls(value: LayerValue, other: LayerValue, before: Before): LayerCall[] {
  const others = before.get(other.call)!;
  return [...before.get(value.call)!].filter((call) => !others.has(call));
}
