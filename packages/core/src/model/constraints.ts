import type { Variable } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import type { Program, Value } from '../program/ir';
import { KERAS_EPSILON } from '../program/maths';
import { type Ops, opsOf } from '../program/ops';
import { weightsOf } from '../tfjs-internals/layer-weights';

/** Applies a constraint to the new value of a weight. */
export type Constraint = (program: Program, weight: Value) => Value;

interface NormConfig {
  readonly axis: number | readonly number[];
  readonly minValue: number;
  readonly maxValue: number;
  readonly rate: number;
}

/** The norms of a weight over the constraint's axes, which stay with size 1. */
function norms(ops: Ops, weight: Value, { axis }: NormConfig): Value {
  return ops.sqrt(ops.sum(ops.square(weight), axis, true));
}

/** A weight scaled so that its norms are the wanted ones. */
function withNorms(ops: Ops, weight: Value, old: Value, wanted: Value): Value {
  return ops.mul(weight, ops.div(wanted, ops.add(old, KERAS_EPSILON)));
}

/** The constraints of tfjs-layers and Keras, by class name. */
const CONSTRAINTS: Readonly<Record<string, (ops: Ops, weight: Value, config: NormConfig) => Value>> = {
  NonNeg: (ops, weight) => ops.relu(weight),
  UnitNorm: (ops, weight, config) => ops.div(weight, ops.add(norms(ops, weight, config), KERAS_EPSILON)),
  MaxNorm(ops, weight, config) {
    const old = norms(ops, weight, config);
    return withNorms(ops, weight, old, ops.clip(old, 0, config.maxValue));
  },
  MinMaxNorm(ops, weight, config) {
    const { minValue, maxValue, rate } = config;
    const old = norms(ops, weight, config);
    const clipped = ops.clip(old, minValue, maxValue);
    return withNorms(ops, weight, old, ops.add(ops.mul(clipped, rate), ops.mul(old, 1 - rate)));
  },
};

/** The constraints of a layer's weights, by variable. A constraint of an unknown class is undefined. */
export function constraintsOf(layer: layers.Layer): Map<Variable, Constraint | undefined> {
  return new Map(
    weightsOf(layer).flatMap((weight) => {
      const { constraint } = weight;
      if (!constraint) return [];
      const config = constraint.getConfig() as NormConfig;
      const known = CONSTRAINTS[constraint.getClassName()];
      const apply: Constraint | undefined =
        known && ((program, value) => known(opsOf(program), value, config));
      return [[weight.read(), apply] as const];
    }),
  );
}
