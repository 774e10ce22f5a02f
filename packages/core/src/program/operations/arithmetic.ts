import * as tf from '@tensorflow/tfjs-core';
import { FOLLOWS } from '../ir';
import { binary, scalar, unary } from './elementwise';

export const multiply = binary({
  name: 'Multiply',
  op: 'Mul',
  bfloat16: FOLLOWS,
  run: (a, b) => tf.mul(a, b),
  gradients: [
    (program, { dy, b }) => multiply(program, [dy, b], {}),
    (program, { dy, a }) => multiply(program, [dy, a], {}),
  ],
});

export const subtract = binary({
  name: 'Subtract',
  op: 'Sub',
  run: (a, b) => tf.sub(a, b),
  gradients: [(_, { dy }) => dy, (program, { dy }) => negate(program, [dy], {})],
});

export const divide = binary({
  name: 'Divide',
  op: 'RealDiv',
  run: (a, b) => tf.div(a, b),
  gradients: [
    (program, { dy, b }) => divide(program, [dy, b], {}),
    (program, { dy, b, y }) =>
      negate(program, [multiply(program, [divide(program, [dy, b], {}), y], {})], {}),
  ],
});

export const negate = unary({
  name: 'Neg',
  run: (x) => tf.neg(x),
  gradient: (program, { dy }) => negate(program, [dy], {}),
});

export const square = unary({
  name: 'Square',
  run: (x) => tf.square(x),
  gradient: (program, { dy, x }) =>
    multiply(program, [dy, multiply(program, [x, scalar(program, 2)], {})], {}),
});

/** −1, 0 or 1. */
export const sign = unary({ name: 'Sign', run: (x) => tf.sign(x) });

export const abs = unary({
  name: 'Abs',
  run: (x) => tf.abs(x),
  gradient: (program, { dy, x }) => multiply(program, [dy, sign(program, [x], {})], {}),
});

/** The same numbers. No gradient passes through this operation. */
export const stopGradient = unary({ name: 'Identity', run: (x) => tf.clone(x) });
