import { OperationSizesError, OptionError } from '../errors';
import type { Program, Sizes, Value } from './ir';
import { activationOf } from './operations/activation';
import { abs, divide, multiply, negate, sign, square, stopGradient, subtract } from './operations/arithmetic';
import { type Reduction, sum } from './operations/broadcasting';
import {
  clip,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  maximum,
  minimum,
  notEqual,
  select,
} from './operations/comparison';
import { scalar } from './operations/elementwise';
import { max, mean, min } from './operations/reductions';
import { describeSizes, reshape } from './operations/shape';
import { constant } from './operations/sources';
import { add } from './operations/sum';
import { erf, exp, expm1, log, log1p, pow, rsqrt, softplus, sqrt } from './operations/transcendental';

/** An operand of an operation: a value of the program, a number, or a list of numbers, which stands for a vector. */
export type Operand = Value | number | readonly number[];

/** An operation on one operand. */
export type UnaryOp = (x: Operand) => Value;
/** An operation on two operands, which are broadcast. */
export type BinaryOp = (a: Operand, b: Operand) => Value;
/**
 * Reduces over the given axes, by default over all. Axes count from 0, or backwards from −1. With `keepDims`, reduced
 * axes stay with size 1.
 */
export type ReducingOp = (x: Operand, axes?: number | readonly number[], keepDims?: boolean) => Value;

/**
 * A program's operations as functions, to write losses and optimizers with. The names are those of TensorFlow.js and
 * Keras. Sizes broadcast by NumPy's rules. All values are float32.
 *
 * Comparisons give 1 for pairs that satisfy them and 0 for the others. Comparisons have no gradient.
 */
export interface Ops {
  /** The sum of two or more operands. */
  readonly add: (a: Operand, b: Operand, ...more: readonly Operand[]) => Value;
  readonly sub: BinaryOp;
  readonly mul: BinaryOp;
  readonly div: BinaryOp;
  readonly maximum: BinaryOp;
  readonly minimum: BinaryOp;
  /** `aᵇ`. */
  readonly pow: BinaryOp;
  readonly neg: UnaryOp;
  readonly abs: UnaryOp;
  /** −1, 0 or 1. */
  readonly sign: UnaryOp;
  readonly square: UnaryOp;
  readonly sqrt: UnaryOp;
  /** `1 / √x`. */
  readonly rsqrt: UnaryOp;
  readonly exp: UnaryOp;
  /** `eˣ − 1`. */
  readonly expm1: UnaryOp;
  readonly log: UnaryOp;
  /** `ln(1 + x)`. */
  readonly log1p: UnaryOp;
  readonly relu: UnaryOp;
  readonly sigmoid: UnaryOp;
  /** `ln σ(x)`, computed so that no logarithm of 0 occurs. */
  readonly logSigmoid: UnaryOp;
  readonly tanh: UnaryOp;
  /** `ln(1 + eˣ)`. */
  readonly softplus: UnaryOp;
  /** The softmax over the last axis. */
  readonly softmax: UnaryOp;
  /** The logarithm of `softmax`, computed so that no logarithm of 0 occurs. */
  readonly logSoftmax: UnaryOp;
  /** The error function. */
  readonly erf: UnaryOp;
  /** Each number, replaced by `min` if it is below, and by `max` if it is above. */
  readonly clip: (x: Operand, min: number, max: number) => Value;
  readonly greater: BinaryOp;
  readonly greaterEqual: BinaryOp;
  readonly less: BinaryOp;
  readonly lessEqual: BinaryOp;
  readonly equal: BinaryOp;
  readonly notEqual: BinaryOp;
  /** Element by element: `a` if the condition isn't 0, else `b`. */
  readonly where: (condition: Operand, a: Operand, b: Operand) => Value;
  /** The same numbers. Their gradient counts as 0. */
  readonly stopGradient: UnaryOp;
  readonly sum: ReducingOp;
  readonly mean: ReducingOp;
  readonly max: ReducingOp;
  readonly min: ReducingOp;
  /** The same numbers in other sizes. null stands for the number of images, and can only be the first size. */
  readonly reshape: (x: Operand, sizes: Sizes) => Value;
  /** The same numbers with one more axis, of size 1, at the given place. −1 adds the axis at the end. */
  readonly expandDims: (x: Operand, axis: number) => Value;
}

/**
 * The operations of a program.
 *
 * For example, the focal loss of Lin et al., 2017, is `ops.mul(ops.pow(ops.sub(1, p), gamma), ops.neg(ops.log(p)))`,
 * with `p` the predicted probability of the true label.
 */
export function opsOf(program: Program): Ops {
  const value = (x: Operand) => asValue(program, x);
  const one =
    (operation: typeof exp): UnaryOp =>
    (x) =>
      operation(program, [value(x)], {});
  const two =
    (operation: typeof multiply): BinaryOp =>
    (a, b) =>
      operation(program, [value(a), value(b)], {});
  const activated =
    (activation: 'relu' | 'sigmoid' | 'tanh' | 'softmax'): UnaryOp =>
    (x) =>
      activationOf(program, [value(x)], { activation });
  const over =
    (
      name: string,
      reduce: (program: Program, x: readonly Value[], reduction: Reduction) => Value,
    ): ReducingOp =>
    (operand, axes, keepDims = false) => {
      const x = value(operand);
      return reduce(program, [x], { axes: axesOf(name, x, axes), keepDims });
    };
  const ops: Ops = {
    add: (...operands) => add(program, operands.map(value), {}),
    sub: two(subtract),
    mul: two(multiply),
    div: two(divide),
    maximum: two(maximum),
    minimum: two(minimum),
    pow: two(pow),
    neg: one(negate),
    abs: one(abs),
    sign: one(sign),
    square: one(square),
    sqrt: one(sqrt),
    rsqrt: one(rsqrt),
    exp: one(exp),
    expm1: one(expm1),
    log: one(log),
    log1p: one(log1p),
    relu: activated('relu'),
    sigmoid: activated('sigmoid'),
    logSigmoid: (x) => ops.neg(ops.softplus(ops.neg(x))),
    tanh: activated('tanh'),
    softplus: one(softplus),
    softmax: activated('softmax'),
    logSoftmax: (x) => {
      const shifted = ops.sub(x, ops.stopGradient(ops.max(x, -1, true)));
      return ops.sub(shifted, ops.log(ops.sum(ops.exp(shifted), -1, true)));
    },
    erf: one(erf),
    clip: (x, min, max) => {
      if (!(min <= max)) {
        throw new OptionError(`ops.clip: expected a min of at most max; received ${min} and ${max}.`);
      }
      return clip(program, [value(x)], { min, max });
    },
    greater: two(greater),
    greaterEqual: two(greaterEqual),
    less: two(less),
    lessEqual: two(lessEqual),
    equal: two(equal),
    notEqual: two(notEqual),
    where: (condition, a, b) => select(program, [condition, a, b].map(value), {}),
    stopGradient: one(stopGradient),
    sum: over('sum', sum),
    mean: over('mean', mean),
    max: over('max', max),
    min: over('min', min),
    reshape: (x, sizes) => reshaped(program, value(x), sizes),
    expandDims: (operand, axis) => {
      const x = value(operand);
      const at = axisOf('expandDims', axis, x.sizes.length + 1);
      return reshape(program, [x], { sizes: [...x.sizes.slice(0, at), 1, ...x.sizes.slice(at)] });
    },
  };
  return ops;
}

function asValue(program: Program, x: Operand): Value {
  if (typeof x === 'number') return scalar(program, x);
  if (Array.isArray(x)) return constant(program, [], { values: x, sizes: [x.length] });
  if (typeof x === 'object' && x !== null && 'operation' in x) return x;
  throw new OptionError(
    `ops: expected a value of the program, a number or a list of numbers; received ${describe(x)}. ` +
      'Values come from what the function is given and from ops itself; a tensor of TensorFlow.js is not one.',
  );
}

function describe(x: unknown): string {
  return typeof x === 'object' && x !== null ? `a ${x.constructor?.name ?? 'object'}` : String(x);
}

function reshaped(program: Program, x: Value, sizes: Sizes): Value {
  const isKnown = sizes.includes(null) === x.sizes.includes(null);
  if (isKnown && product(sizes) !== product(x.sizes)) {
    throw new OperationSizesError(
      `ops.reshape: expected sizes of as many numbers as ${describeSizes(x.sizes)} has; received ${describeSizes(sizes)}.`,
    );
  }
  return reshape(program, [x], { sizes });
}

function product(sizes: Sizes): number {
  return sizes.reduce<number>((total, size) => total * (size ?? 1), 1);
}

function axesOf(name: string, { sizes }: Value, axes: number | readonly number[] | undefined): number[] {
  if (axes === undefined) return sizes.map((_, axis) => axis);
  return [axes].flat().map((axis) => axisOf(name, axis, sizes.length));
}

function axisOf(name: string, axis: number, rank: number): number {
  const own = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(own) && own >= 0 && own < rank) return own;
  throw new OptionError(`ops.${name}: expected an axis from ${-rank} to ${rank - 1}; received ${axis}.`);
}
