import * as tf from '@tensorflow/tfjs-core';
import { type OperationKind, operation } from '../ir';
import { DataType, FLOAT, type NodeWriter } from '../node-writer';

interface BinaryCrossentropyAttributes {
  readonly labelSmoothing: number;
  /** One factor a label for its positives' term. */
  readonly positiveWeights?: readonly number[];
}

/** Keras' backend epsilon: probabilities are kept this far from 0 and 1. */
const EPSILON = 1e-7;

const BOOL_TO_FLOAT = { SrcT: { type: DataType.bool }, DstT: { type: DataType.float } } as const;

/**
 * The loss of each image, `−mean over known labels of (w·y·ln p + (1 − y)·ln(1 − p))`, from labels and probabilities
 * [n, labels], p clipped to [1e-7, 1 − 1e-7] as in Keras. A label below 0 is unknown.
 */
const binaryCrossentropyKind: OperationKind<BinaryCrossentropyAttributes> = {
  name: 'BinaryCrossentropy',
  sizes: ([, p]) => [[p.sizes[0]]],
  run: ([y, p], attributes) => [crossentropyOf(y, p, attributes)],
  write(writer, [y, p], attributes) {
    const { ofPositives, ofNegatives, count } = writeWeights(writer, y, attributes);
    const clipped = writeClipped(writer, p);
    const positive = writer.node('Mul', [ofPositives, writer.node('Log', [clipped], FLOAT)], FLOAT);
    const other = writer.node('Log', [oneMinus(writer, clipped)], FLOAT);
    const terms = writer.node('AddV2', [positive, writer.node('Mul', [ofNegatives, other], FLOAT)], FLOAT);
    const mean = writer.node('RealDiv', [writeRowSums(writer, terms), count], FLOAT);
    return [writer.node('Neg', [mean], FLOAT)];
  },
  gradient: (program, { inputs: [y, p], attributes }, [dy], [ofLabels]) => {
    if (ofLabels) throw new Error('binaryCrossentropy: labels have no gradient.');
    return [undefined, binaryCrossentropyGradientOf(program, [dy!, y, p], attributes)];
  },
};

export const crossentropy = operation(binaryCrossentropyKind);

/** The same of tensors; the caller disposes what comes back. */
export function crossentropyOf(
  y: tf.Tensor,
  p: tf.Tensor,
  attributes: BinaryCrossentropyAttributes,
): tf.Tensor1D {
  return tf.tidy(() => {
    const { ofPositives, ofNegatives, count } = weights(y, attributes);
    const clipped = tf.clipByValue(p, EPSILON, 1 - EPSILON);
    const terms = tf.add(
      tf.mul(ofPositives, tf.log(clipped)),
      tf.mul(ofNegatives, tf.log(tf.sub(1, clipped))),
    );
    return tf.neg(tf.div(tf.sum(terms, 1), count)) as tf.Tensor1D;
  });
}

/** Of the probabilities: 0 where they were clipped. */
const binaryCrossentropyGradientKind: OperationKind<BinaryCrossentropyAttributes> = {
  name: 'BinaryCrossentropyGradient',
  sizes: ([, , p]) => [p.sizes],
  run: ([dy, y, p], attributes) => [
    tf.tidy(() => {
      const { ofPositives, ofNegatives, count } = weights(y, attributes);
      const clipped = tf.clipByValue(p, EPSILON, 1 - EPSILON);
      const slopes = tf.sub(tf.div(ofNegatives, tf.sub(1, clipped)), tf.div(ofPositives, clipped));
      const inside = tf.cast(tf.equal(p, clipped), 'float32');
      const share = tf.reshape(tf.div(dy, count), [-1, 1]);
      return tf.mul(tf.mul(slopes, share), inside);
    }),
  ],
  write(writer, [dy, y, p], attributes) {
    const { ofPositives, ofNegatives, count } = writeWeights(writer, y, attributes);
    const clipped = writeClipped(writer, p);
    const slopes = writer.node(
      'Sub',
      [
        writer.node('RealDiv', [ofNegatives, oneMinus(writer, clipped)], FLOAT),
        writer.node('RealDiv', [ofPositives, clipped], FLOAT),
      ],
      FLOAT,
    );
    const share = writer.node('Reshape', [writer.node('RealDiv', [dy, count], FLOAT), writer.ints([-1, 1])], {
      ...FLOAT,
      Tshape: { type: DataType.int32 },
    });
    const inside = writer.node('Cast', [writer.node('Equal', [p, clipped], FLOAT)], BOOL_TO_FLOAT);
    return [writer.node('Mul', [writer.node('Mul', [slopes, share], FLOAT), inside], FLOAT)];
  },
};

const binaryCrossentropyGradientOf = operation(binaryCrossentropyGradientKind);

/** The factors of ln p and of ln(1 − p), 0 where a label is unknown, and how many are known of an image, or 1. */
function weights(labels: tf.Tensor, { labelSmoothing, positiveWeights }: BinaryCrossentropyAttributes) {
  const known = tf.cast(tf.greaterEqual(labels, 0), 'float32');
  const y = labelSmoothing === 0 ? labels : tf.add(tf.mul(labels, 1 - labelSmoothing), labelSmoothing / 2);
  const weighted = positiveWeights ? tf.mul(y, tf.tensor1d([...positiveWeights])) : y;
  return {
    ofPositives: tf.mul(weighted, known),
    ofNegatives: tf.mul(tf.sub(1, y), known),
    count: tf.maximum(tf.sum(known, 1), 1),
  };
}

function writeWeights<T>(
  writer: NodeWriter<T>,
  labels: T,
  { labelSmoothing, positiveWeights }: BinaryCrossentropyAttributes,
) {
  const number = (value: number) => writer.floats([value], []);
  const known = writer.node('Cast', [writer.node('GreaterEqual', [labels, number(0)], FLOAT)], BOOL_TO_FLOAT);
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
  return {
    ofPositives: writer.node('Mul', [weighted, known], FLOAT),
    ofNegatives: writer.node('Mul', [oneMinus(writer, y), known], FLOAT),
    count: writer.node('Maximum', [writeRowSums(writer, known), number(1)], FLOAT),
  };
}

function writeRowSums<T>(writer: NodeWriter<T>, x: T): T {
  return writer.node('Sum', [x, writer.ints([1])], {
    ...FLOAT,
    Tidx: { type: DataType.int32 },
    keep_dims: { b: false },
  });
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

/** The mean of the images' numbers times their weights: a batch's loss. */
const weightedMeanKind: OperationKind<object> = {
  name: 'WeightedMean',
  sizes: () => [[]],
  run: ([losses, weights]) => [tf.tidy(() => tf.mean(tf.mul(losses, weights)))],
  write: (writer, inputs) => [
    writer.node('Mean', [writer.node('Mul', inputs, FLOAT), writer.ints([0])], {
      ...FLOAT,
      Tidx: { type: DataType.int32 },
      keep_dims: { b: false },
    }),
  ],
  gradient: (program, { inputs: [, weights] }, [dy]) => [shares(program, [dy!, weights], {}), undefined],
};

export const weightedMean = operation(weightedMeanKind);

/** The part of each image in it. */
const sharesKind: OperationKind<object> = {
  name: 'Shares',
  sizes: ([, weights]) => [weights.sizes],
  run: ([dy, weights]) => [tf.tidy(() => tf.mul(dy, tf.div(weights, weights.size)))],
  write(writer, [dy, weights]) {
    const size = writer.node('Size', [weights], { ...FLOAT, out_type: { type: DataType.int32 } });
    const count = writer.node('Cast', [size], {
      SrcT: { type: DataType.int32 },
      DstT: { type: DataType.float },
    });
    return [writer.node('Mul', [dy, writer.node('RealDiv', [weights, count], FLOAT)], FLOAT)];
  },
};

const shares = operation(sharesKind);
