import type * as tf from '@tensorflow/tfjs-core';
import { type Bfloat16Use, type OperationKind, operation, type Program, type Value } from '../ir';
import { FLOAT } from '../node-writer';
import { broadcastSizes, summedTo } from './broadcasting';
import { constant } from './sources';

/** A number as a value of the program. */
export function scalar(program: Program, value: number): Value {
  return constant(program, [], { values: [value], sizes: [] });
}

/** The inputs for the gradient of a function y of x: the gradient dy of y, x and y. */
interface UnaryGradient {
  readonly dy: Value;
  readonly x: Value;
  readonly y: Value;
}

interface Unary {
  /** The name of TensorFlow's kernel. */
  readonly name: string;
  run(x: tf.Tensor): tf.Tensor;
  gradient?(program: Program, of: UnaryGradient): Value;
}

/** Makes an operation that applies a function to each number of an array. */
export function unary({ name, run, gradient }: Unary) {
  const kind: OperationKind<object> = {
    name,
    sizes: ([x]) => [x.sizes],
    run: ([x]) => [run(x)],
    write: (writer, inputs) => [writer.node(name, inputs, FLOAT)],
    ...(gradient && {
      gradient: (program, { inputs: [x], outputs: [y] }, [dy]) => [gradient(program, { dy: dy!, x, y })],
    }),
  };
  return operation(kind);
}

/** The inputs for the gradients of a function y of a and b: the gradient dy of y, a, b and y. */
interface BinaryGradient {
  readonly dy: Value;
  readonly a: Value;
  readonly b: Value;
  readonly y: Value;
}

type GradientOf = (program: Program, of: BinaryGradient) => Value;

interface Binary {
  readonly name: string;
  /** TensorFlow's kernel. */
  readonly op: string;
  run(a: tf.Tensor, b: tf.Tensor): tf.Tensor;
  /** The gradients of a and of b, in the sizes of the result: the sum over broadcast axes is added for them. */
  readonly gradients: readonly [GradientOf, GradientOf];
  readonly bfloat16?: Bfloat16Use;
}

/** Makes an operation that applies a function to two arrays, pair by pair, with broadcasting. */
export function binary({ name, op, run, gradients, bfloat16 }: Binary) {
  const kind: OperationKind<object> = {
    name,
    sizes: (inputs) => [broadcastSizes(name, inputs)],
    bfloat16,
    run: ([a, b]) => [run(a, b)],
    write: (writer, inputs) => [writer.node(op, inputs, FLOAT)],
    gradient: (program, { inputs, outputs: [y] }, [dy], wanted) => {
      const [a, b] = inputs;
      return inputs.map(({ sizes }, i) =>
        wanted[i] ? summedTo(program, gradients[i](program, { dy: dy!, a, b, y }), sizes) : undefined,
      );
    },
  };
  return operation(kind);
}
