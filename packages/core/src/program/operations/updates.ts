import * as tf from '@tensorflow/tfjs-core';
import type { Operation, OperationKind, Program, State, Value } from '../ir';
import { DataType, FLOAT } from '../node-writer';

/** The attribute of the TensorFlow kernels that write a variable. */
const VARIABLE = { dtype: { type: DataType.float } } as const;

const assignKind: OperationKind<object> = {
  name: 'Assign',
  sizes: ([state]) => [state.sizes],
  run: ([, value]) => [tf.clone(value)],
  apply: (writer, [handle], [, value]) => writer.node('AssignVariableOp', [handle, value], VARIABLE),
};

/**
 * Adds an update to a program that gives a state a new value. Optimizer rules use it; see `ruleOptimizer`.
 *
 * @param after the guard that the update waits for, if there is one
 * @param current the state's value before. If an earlier update of the same run writes the state, that update's output.
 * @returns the update; its output is the state's new value
 *
 * @example
 * ```ts
 * import { assign, type UpdateRule } from '@thawjs/core';
 *
 * // the slot keeps the sum of all gradients, which the weight follows
 * const rule: UpdateRule = {
 *   slots: ['sum'],
 *   update: ({ program, ops, weight, current, gradient, slots, rate, after }) => {
 *     const sum = ops.add(program.read(slots.sum), gradient);
 *     return [
 *       assign(program, slots.sum, sum, after),
 *       assign(program, weight, ops.sub(current, ops.mul(rate, sum)), after, current),
 *     ];
 *   },
 * };
 * console.log(rule.slots); // [ 'sum' ]
 * ```
 */
export function assign(
  program: Program,
  state: State,
  value: Value,
  after?: Value,
  current: Value = program.read(state),
): Operation {
  return program.update(assignKind, {
    states: [state],
    current: [current],
    inputs: [value],
    attributes: {},
    after,
  });
}

const clearKind: OperationKind<object> = {
  name: 'Clear',
  sizes: ([state]) => [state.sizes],
  run: ([state]) => [tf.zerosLike(state)],
  apply: (writer, [handle], [state]) =>
    writer.node('AssignVariableOp', [handle, writer.node('ZerosLike', [state], FLOAT)], VARIABLE),
};

/** Sets all numbers of a state to 0. */
export function clear(program: Program, state: State, after?: Value): Operation {
  return program.update(clearKind, { states: [state], attributes: {}, after });
}

const assignAddKind: OperationKind<object> = {
  name: 'AssignAdd',
  sizes: ([state]) => [state.sizes],
  run: ([state, value]) => [tf.add(state, value)],
  apply: (writer, [handle], [, value]) => writer.node('AssignAddVariableOp', [handle, value], VARIABLE),
};

/** Adds a value to a state. */
export function assignAdd(program: Program, state: State, value: Value, after?: Value): Operation {
  return program.update(assignAddKind, { states: [state], inputs: [value], attributes: {}, after });
}

const decayKind: OperationKind<{ readonly share: number }> = {
  name: 'Decay',
  sizes: ([weight]) => [weight.sizes],
  run: ([weight, rate], { share }) => [tf.tidy(() => tf.sub(weight, tf.mul(weight, tf.mul(rate, share))))],
  apply(writer, [handle], [weight, rate], { share }) {
    const factor = writer.node('Mul', [rate, writer.floats([share], [])], FLOAT);
    return writer.node(
      'AssignSubVariableOp',
      [handle, writer.node('Mul', [weight, factor], FLOAT)],
      VARIABLE,
    );
  },
};

/** Decoupled weight decay: `w −= share · rate · w`. */
export function decay(program: Program, weight: State, rate: Value, share: number, after?: Value): Operation {
  return program.update(decayKind, { states: [weight], inputs: [rate], attributes: { share }, after });
}

/** An update of one weight by its gradient. */
interface WeightUpdate<Attributes> {
  readonly weight: State;
  /** The weight's value before the update. */
  readonly current: Value;
  readonly slots: readonly State[];
  /** The gradient, then the scalars that the kind's own docstring lists. */
  readonly inputs: readonly Value[];
  readonly attributes: Attributes;
  readonly after?: Value;
}

/** The function that adds an update of some kind to a program. */
function weightUpdate<Attributes>(kind: OperationKind<Attributes>) {
  return (
    program: Program,
    { weight, current, slots, inputs, attributes, after }: WeightUpdate<Attributes>,
  ): Operation =>
    program.update(kind, {
      states: [weight, ...slots],
      current: [current, ...slots.map((slot) => program.read(slot))],
      inputs,
      attributes,
      after,
    });
}

const same = (count: number) => (inputs: readonly Value[]) =>
  inputs.slice(0, count).map(({ sizes }) => sizes);

/** `w −= rate · g`. Inputs: gradient, rate. */
export const descentUpdate = weightUpdate<object>({
  name: 'Descent',
  sizes: same(1),
  run: ([weight, gradient, rate]) => [tf.tidy(() => tf.sub(weight, tf.mul(gradient, rate)))],
  apply: (writer, [weight], [, gradient, rate]) =>
    writer.node('ResourceApplyGradientDescent', [weight, rate, gradient], FLOAT),
});

export interface MomentumAttributes {
  readonly momentum: number;
  readonly nesterov: boolean;
}

/**
 * `a = momentum · a − rate · g`, `w += a`, as in Keras. With Nesterov momentum, `w += momentum · a − rate · g` with the
 * new a. Inputs: gradient, rate.
 */
export const momentumUpdate = weightUpdate<MomentumAttributes>({
  name: 'Momentum',
  sizes: same(2),
  run: ([weight, moved, gradient, rate], { momentum, nesterov }) =>
    tf.tidy(() => {
      const step = tf.mul(gradient, rate);
      const next = tf.sub(tf.mul(moved, momentum), step);
      return [tf.add(weight, nesterov ? tf.sub(tf.mul(next, momentum), step) : next), next];
    }),
  apply: (writer, [weight, moved], [, , gradient, rate], { momentum, nesterov }) =>
    writer.node(
      'ResourceApplyKerasMomentum',
      [weight, moved, rate, gradient, writer.floats([momentum], [])],
      {
        ...FLOAT,
        use_nesterov: { b: nesterov },
      },
    ),
});

export interface AdamAttributes {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * `m += (1 − β₁)(g − m)`, `v += (1 − β₂)(g² − v)`, `w −= α·m / (√v + ε)`, `α = rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ)`, as in
 * Keras: Kingma and Ba, 2015, in the form of the last paragraph of section 2. Inputs: gradient, rate, β₁ᵗ, β₂ᵗ.
 */
export const adamUpdate = weightUpdate<AdamAttributes>({
  name: 'Adam',
  sizes: same(3),
  run: ([weight, m, v, gradient, rate, power1, power2], { beta1, beta2, epsilon }) =>
    tf.tidy(() => {
      const alpha = tf.div(tf.mul(rate, tf.sqrt(tf.sub(1, power2))), tf.sub(1, power1));
      const first = tf.add(m, tf.mul(tf.sub(gradient, m), 1 - beta1));
      const second = tf.add(v, tf.mul(tf.sub(tf.square(gradient), v), 1 - beta2));
      const step = tf.div(tf.mul(first, alpha), tf.add(tf.sqrt(second), epsilon));
      return [tf.sub(weight, step), first, second];
    }),
  apply: (writer, [weight, m, v], [, , , gradient, rate, power1, power2], { beta1, beta2, epsilon }) => {
    const [b1, b2, e] = [beta1, beta2, epsilon].map((number) => writer.floats([number], []));
    return writer.node('ResourceApplyAdam', [weight, m, v, power1, power2, rate, b1, b2, e, gradient], FLOAT);
  },
});

export interface RmspropAttributes {
  readonly rho: number;
  readonly momentum: number;
  readonly epsilon: number;
  /** Whether the first slot is the moving mean of the gradients. Its square is subtracted from the mean square. */
  readonly centered: boolean;
}

/**
 * `v = ρ·v + (1 − ρ)·g²`, `a = momentum · a + rate · g / √(v + ε)`, `w −= a`, as in Keras. Hinton's lecture 6e, 2012.
 * Slots: the mean gradient (only if centered), the mean square v, the momentum a. Inputs: gradient, rate.
 */
export const rmspropUpdate = weightUpdate<RmspropAttributes>({
  name: 'Rmsprop',
  sizes: (inputs, { centered }) => same(centered ? 4 : 3)(inputs),
  run: (inputs, { rho, momentum, epsilon, centered }) =>
    tf.tidy(() => {
      const [weight, ...slots] = inputs.slice(0, -2);
      const [gradient, rate] = inputs.slice(-2);
      const [square, moved] = slots.slice(-2);
      const average = (old: tf.Tensor, value: tf.Tensor) => tf.add(old, tf.mul(tf.sub(value, old), 1 - rho));
      const mean = centered ? average(slots[0], gradient) : undefined;
      const squares = average(square, tf.square(gradient));
      const spread = mean ? tf.sub(squares, tf.square(mean)) : squares;
      const step = tf.div(tf.mul(gradient, rate), tf.sqrt(tf.add(spread, epsilon)));
      const next = tf.add(tf.mul(moved, momentum), step);
      return [tf.sub(weight, next), ...(mean ? [mean] : []), squares, next];
    }),
  apply(writer, handles, inputs, { rho, momentum, epsilon, centered }) {
    const [gradient, rate] = inputs.slice(-2);
    const numbers = [rho, momentum, epsilon].map((number) => writer.floats([number], []));
    const op = centered ? 'ResourceApplyCenteredRMSProp' : 'ResourceApplyRMSProp';
    return writer.node(op, [...handles, rate, ...numbers, gradient], FLOAT);
  },
});

/** The text by which a guard's error is recognised. */
export const NOT_FINITE = 'thaw: not finite';

/**
 * The sum of some scalars. If the sum isn't finite, the run ends with a NotFiniteError, and updates whose `after` is this
 * value are not made.
 */
export const guardKind: OperationKind<object> = {
  name: 'Guard',
  sizes: () => [[]],
  run: (scalars) => [scalars.length === 1 ? tf.clone(scalars[0]) : tf.addN([...scalars])],
  write(writer, scalars) {
    const sum = writer.node('AddN', scalars, { ...FLOAT, N: { i: scalars.length } });
    return [writer.node('CheckNumerics', [sum], { ...FLOAT, message: { s: NOT_FINITE } })];
  },
};

/** Half the sum of an array's squares (TensorFlow's L2Loss). It isn't finite if any number of the array isn't. */
const halfSquaresKind: OperationKind<object> = {
  name: 'HalfSquares',
  sizes: () => [[]],
  run: ([x]) => [tf.tidy(() => tf.mul(tf.sum(tf.square(x)), 0.5))],
  write: (writer, [x]) => [writer.node('L2Loss', [x], FLOAT)],
};

export function halfSquares(program: Program, x: Value): Value {
  return program.add(halfSquaresKind, [x], {})[0];
}

export function guard(program: Program, scalars: readonly Value[]): Value {
  return program.add(guardKind, scalars, {})[0];
}
