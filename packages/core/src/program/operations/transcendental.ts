import * as tf from '@tensorflow/tfjs-core';
import type { Program, Value } from '../ir';
import { activationOf } from './activation';
import { divide, multiply, negate, square } from './arithmetic';
import { equal, greater, select } from './comparison';
import { binary, scalar, unary } from './elementwise';
import { add } from './sum';

export const exp = unary({
  name: 'Exp',
  run: (x) => tf.exp(x),
  gradient: (program, { dy, y }) => multiply(program, [dy, y], {}),
});

/** `eˣ − 1`, precise near 0. */
export const expm1 = unary({
  name: 'Expm1',
  run: (x) => tf.expm1(x),
  gradient: (program, { dy, y }) => multiply(program, [dy, plus(program, y, 1)], {}),
});

export const log = unary({
  name: 'Log',
  run: (x) => tf.log(x),
  gradient: (program, { dy, x }) => divide(program, [dy, x], {}),
});

/** `ln(1 + x)`, precise near 0. */
export const log1p = unary({
  name: 'Log1p',
  run: (x) => tf.log1p(x),
  gradient: (program, { dy, x }) => divide(program, [dy, plus(program, x, 1)], {}),
});

export const sqrt = unary({
  name: 'Sqrt',
  run: (x) => tf.sqrt(x),
  gradient: (program, { dy, y }) => divide(program, [times(program, dy, 0.5), y], {}),
});

/** `1 / √x`. */
export const rsqrt = unary({
  name: 'Rsqrt',
  run: (x) => tf.rsqrt(x),
  gradient: (program, { dy, y }) => {
    const cubed = multiply(program, [square(program, [y], {}), y], {});
    return multiply(program, [times(program, dy, -0.5), cubed], {});
  },
});

/** `ln(1 + eˣ)`. */
export const softplus = unary({
  name: 'Softplus',
  run: (x) => tf.softplus(x),
  gradient: (program, { dy, x }) =>
    multiply(program, [dy, activationOf(program, [x], { activation: 'sigmoid' })], {}),
});

/** The error function, `2 / √π · ∫₀ˣ exp(−t²) dt`. */
export const erf = unary({
  name: 'Erf',
  run: (x) => tf.erf(x),
  gradient: (program, { dy, x }) => {
    const bell = exp(program, [negate(program, [square(program, [x], {})], {})], {});
    return multiply(program, [times(program, dy, 2 / Math.sqrt(Math.PI)), bell], {});
  },
});

/** `aᵇ`. The gradient of the base is 0 if the exponent is 0. The gradient of the exponent is 0 if the base is at most 0. */
export const pow = binary({
  name: 'Pow',
  op: 'Pow',
  run: (a, b) => tf.pow(a, b),
  gradients: [
    (program, { dy, a, b }) => {
      const slope = multiply(program, [b, pow(program, [a, plus(program, b, -1)], {})], {});
      return multiply(program, [dy, unless(program, equal(program, [b, scalar(program, 0)], {}), slope)], {});
    },
    (program, { dy, a, y }) => {
      const isPositive = greater(program, [a, scalar(program, 0)], {});
      const base = select(program, [isPositive, a, scalar(program, 1)], {});
      return multiply(program, [multiply(program, [dy, y], {}), log(program, [base], {})], {});
    },
  ],
});

function plus(program: Program, x: Value, number: number): Value {
  return add(program, [x, scalar(program, number)], {});
}

function times(program: Program, x: Value, factor: number): Value {
  return multiply(program, [x, scalar(program, factor)], {});
}

/** The value, or 0 if the condition isn't 0. */
function unless(program: Program, condition: Value, value: Value): Value {
  return select(program, [condition, scalar(program, 0), value], {});
}
