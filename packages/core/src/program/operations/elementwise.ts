import * as tf from '@tensorflow/tfjs-core';
import { type OperationKind, operation } from '../ir';
import { FLOAT } from '../node-writer';

/** The product of two arrays of the same sizes, number by number. */
const multiplyKind: OperationKind<object> = {
  name: 'Multiply',
  sizes: ([a]) => [a.sizes],
  run: ([a, b]) => [tf.mul(a, b)],
  write: (writer, inputs) => [writer.node('Mul', inputs, FLOAT)],
  gradient: (program, { inputs: [a, b] }, [dy], wanted) => [
    wanted[0] ? multiply(program, [dy!, b], {}) : undefined,
    wanted[1] ? multiply(program, [dy!, a], {}) : undefined,
  ],
};

export const multiply = operation(multiplyKind);

/** The difference of two arrays of the same sizes. */
const subtractKind: OperationKind<object> = {
  name: 'Subtract',
  sizes: ([a]) => [a.sizes],
  run: ([a, b]) => [tf.sub(a, b)],
  write: (writer, inputs) => [writer.node('Sub', inputs, FLOAT)],
  gradient: (program, _, [dy], wanted) => [dy, wanted[1] ? negate(program, [dy!], {}) : undefined],
};

export const subtract = operation(subtractKind);

const negateKind: OperationKind<object> = {
  name: 'Negate',
  sizes: ([x]) => [x.sizes],
  run: ([x]) => [tf.neg(x)],
  write: (writer, inputs) => [writer.node('Neg', inputs, FLOAT)],
};

const negate = operation(negateKind);
