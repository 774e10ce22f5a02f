import type * as tf from '@tensorflow/tfjs-core';
import { type Bfloat16Use, type OperationKind, operation, type Program, type Value } from '../ir';
import { FLOAT } from '../node-writer';
import { broadcastSizes, summedTo } from './broadcasting';
import { constant } from './sources';

/** A number as a value. */
export function scalar(program: Program, value: number): Value {
  return constant(program, [], { values: [value], sizes: [] });
}

/** What the gradient of a function of one number is computed from. */
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

/** A function of each number of an array, as an operation. */
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

/** What the gradient of a function of two numbers is computed from. */
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
  /** The gradients of both, in the sizes of the result. */
  readonly gradients: readonly [GradientOf, GradientOf];
  readonly bfloat16?: Bfloat16Use;
}

/** A function of the numbers of two arrays, pair by pair, with broadcasting, as an operation. */
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
