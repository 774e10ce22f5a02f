import * as tf from '@tensorflow/tfjs-core';
import { DataType, FLOAT, type NodeWriter } from '../node-writer';
import { type OperationKind, operation } from '../operation';

interface BinaryCrossentropyAttributes {
  readonly labelSmoothing: number;
  /** One factor a label for its positives' term. */
  readonly positiveWeights?: readonly number[];
}

/** Keras' backend epsilon: probabilities are kept this far from 0 and 1. */
const EPSILON = 1e-7;

/**
 * The loss of each image, `−mean over labels of (w·y·ln p + (1 − y)·ln(1 − p))`, from labels and probabilities [n, labels], p
 * clipped to [1e-7, 1 − 1e-7] as in Keras.
 */
const kind: OperationKind<BinaryCrossentropyAttributes> = {
  name: 'BinaryCrossentropy',
  sizes: ([, p]) => [[p.sizes[0]]],
  run: ([y, p], attributes) => [crossentropyOf(y, p, attributes)],
  write(writer, [y, p], attributes) {
    const [ofPositives, ofNegatives] = writeWeights(writer, y, attributes);
    const clipped = writeClipped(writer, p);
    const positive = writer.node('Mul', [ofPositives, writer.node('Log', [clipped], FLOAT)], FLOAT);
    const other = writer.node('Log', [oneMinus(writer, clipped)], FLOAT);
    const terms = writer.node('AddV2', [positive, writer.node('Mul', [ofNegatives, other], FLOAT)], FLOAT);
    const mean = writer.node('Mean', [terms, writer.ints([1])], {
      ...FLOAT,
      Tidx: { type: DataType.int32 },
      keep_dims: { b: false },
    });
    return [writer.node('Neg', [mean], FLOAT)];
  },
  gradient: (program, { inputs: [y, p], attributes }, [dy], [ofLabels]) => {
    if (ofLabels) throw new Error('binaryCrossentropy: labels have no gradient.');
    return [undefined, gradientOf(program, [dy!, y, p], attributes)];
  },
};

export const crossentropy = operation(kind);

/** The same of tensors; the caller disposes what comes back. */
export function crossentropyOf(
  y: tf.Tensor,
  p: tf.Tensor,
  attributes: BinaryCrossentropyAttributes,
): tf.Tensor1D {
  return tf.tidy(() => {
    const [ofPositives, ofNegatives] = weights(y, attributes);
    const clipped = tf.clipByValue(p, EPSILON, 1 - EPSILON);
    const terms = tf.add(
      tf.mul(ofPositives, tf.log(clipped)),
      tf.mul(ofNegatives, tf.log(tf.sub(1, clipped))),
    );
    return tf.neg(tf.mean(terms, 1)) as tf.Tensor1D;
  });
}

/** Of the probabilities: 0 where they were clipped. */
const gradientKind: OperationKind<BinaryCrossentropyAttributes> = {
  name: 'BinaryCrossentropyGradient',
  sizes: ([, , p]) => [p.sizes],
  run: ([dy, y, p], attributes) => [
    tf.tidy(() => {
      const [ofPositives, ofNegatives] = weights(y, attributes);
      const clipped = tf.clipByValue(p, EPSILON, 1 - EPSILON);
      const slopes = tf.sub(tf.div(ofNegatives, tf.sub(1, clipped)), tf.div(ofPositives, clipped));
      const share = tf.div(tf.reshape(dy, [-1, 1]), p.shape[1]!);
      return tf.mul(tf.mul(slopes, share), tf.cast(tf.equal(p, clipped), 'float32'));
    }),
  ],
  write(writer, [dy, y, p], attributes, { inputs: [, , { sizes }] }) {
    const [ofPositives, ofNegatives] = writeWeights(writer, y, attributes);
    const clipped = writeClipped(writer, p);
    const slopes = writer.node(
      'Sub',
      [
        writer.node('RealDiv', [ofNegatives, oneMinus(writer, clipped)], FLOAT),
        writer.node('RealDiv', [ofPositives, clipped], FLOAT),
      ],
      FLOAT,
    );
    const column = writer.node('Reshape', [dy, writer.ints([-1, 1])], {
      ...FLOAT,
      Tshape: { type: DataType.int32 },
    });
    const share = writer.node('RealDiv', [column, writer.floats([Number(sizes[1])], [])], FLOAT);
    const inside = writer.node('Cast', [writer.node('Equal', [p, clipped], FLOAT)], {
      SrcT: { type: DataType.bool },
      DstT: { type: DataType.float },
    });
    return [writer.node('Mul', [writer.node('Mul', [slopes, share], FLOAT), inside], FLOAT)];
  },
};

const gradientOf = operation(gradientKind);

/** The factors of ln p and of ln(1 − p). */
function weights(labels: tf.Tensor, { labelSmoothing, positiveWeights }: BinaryCrossentropyAttributes) {
  const y = labelSmoothing === 0 ? labels : tf.add(tf.mul(labels, 1 - labelSmoothing), labelSmoothing / 2);
  return [positiveWeights ? tf.mul(y, tf.tensor1d([...positiveWeights])) : y, tf.sub(1, y)];
}

function writeWeights<T>(
  writer: NodeWriter<T>,
  labels: T,
  { labelSmoothing, positiveWeights }: BinaryCrossentropyAttributes,
): [T, T] {
  const number = (value: number) => writer.floats([value], []);
  const y =
    labelSmoothing === 0
      ? labels
      : writer.node(
          'AddV2',
          [writer.node('Mul', [labels, number(1 - labelSmoothing)], FLOAT), number(labelSmoothing / 2)],
          FLOAT,
        );
  const weighted = positiveWeights
    ? writer.node('Mul', [y, writer.floats(positiveWeights, [positiveWeights.length])], FLOAT)
    : y;
  return [weighted, oneMinus(writer, y)];
}

function writeClipped<T>(writer: NodeWriter<T>, p: T): T {
  return writer.node(
    'ClipByValue',
    [p, writer.floats([EPSILON], []), writer.floats([1 - EPSILON], [])],
    FLOAT,
  );
}

function oneMinus<T>(writer: NodeWriter<T>, x: T): T {
  return writer.node('Sub', [writer.floats([1], []), x], FLOAT);
}
