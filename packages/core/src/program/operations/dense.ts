import * as tf from '@tensorflow/tfjs-core';
import { type OperationKind, operation } from '../ir';
import { FLOAT } from '../node-writer';
import { type Activation, activate, beforeActivation, writeActivation } from './activation';
import { biasGradient } from './channels';

interface DenseAttributes {
  readonly activation?: Activation;
}

/** Vectors [n, in] times a kernel [in, out], plus an optional bias [out], with an optional activation. */
const kind: OperationKind<DenseAttributes> = {
  name: 'Dense',
  sizes: ([x, kernel]) => [[x.sizes[0], kernel.sizes[1]]],
  bfloat16: { as: 'product' },
  run: ([x, kernel, bias], { activation }) => [
    tf.tidy(() => {
      const y = tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D);
      return activate(bias ? tf.add(y, bias) : y, activation);
    }),
  ],
  write(writer, [x, kernel, bias], { activation }) {
    const y = writer.node('MatMul', [x, kernel], transposed(false, false));
    return [writeActivation(writer, bias ? writer.node('BiasAdd', [y, bias], FLOAT) : y, activation)];
  },
  gradient(program, { inputs: [x, kernel], outputs, attributes: { activation } }, [dy], wanted) {
    const gradient = beforeActivation(program, dy!, outputs[0], activation);
    return [
      wanted[0] && product(program, [gradient, kernel], { transposeA: false, transposeB: true }),
      wanted[1] && product(program, [x, gradient], { transposeA: true, transposeB: false }),
      wanted[2] && biasGradient(program, [gradient], {}),
    ].map((value) => value || undefined);
  },
};

export const dense = operation(kind);

/** The same, never in bfloat16, whose 8 significant bits are too few for pixels. */
export const preciseDense = operation({ ...kind, name: 'PreciseDense', bfloat16: undefined });

interface ProductAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** The product of two matrices. */
const productKind: OperationKind<ProductAttributes> = {
  name: 'MatrixProduct',
  sizes: ([a, b], { transposeA, transposeB }) => [[a.sizes[transposeA ? 1 : 0], b.sizes[transposeB ? 0 : 1]]],
  run: ([a, b], { transposeA, transposeB }) => [
    tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, transposeA, transposeB),
  ],
  write: (writer, inputs, { transposeA, transposeB }) => [
    writer.node('MatMul', inputs, transposed(transposeA, transposeB)),
  ],
};

const product = operation(productKind);

function transposed(a: boolean, b: boolean) {
  return { ...FLOAT, transpose_a: { b: a }, transpose_b: { b } };
}
