import { asymmetricLoss } from '../../src/losses/asymmetric-loss';
import { binaryCrossentropy } from '../../src/losses/binary-crossentropy';
import { imageLosses } from '../../src/losses/define-loss';
import { focalLoss } from '../../src/losses/focal-loss';
import type { Loss } from '../../src/losses/loss';
import type { Program, Value } from '../../src/program/ir';
import { activationOf } from '../../src/program/operations/activation';
import { multiply, subtract } from '../../src/program/operations/arithmetic';
import { batchNorm } from '../../src/program/operations/batch-norm';
import { reverseChannels, scaleAndShift, scaleChannels } from '../../src/program/operations/channels';
import { conv2d, depthwiseConv2d } from '../../src/program/operations/convolution';
import { dense } from '../../src/program/operations/dense';
import { averagePool, maxPool, spatialMean } from '../../src/program/operations/pooling';
import { repeatPixels, resizeBilinear } from '../../src/program/operations/resize';
import { concatenate, pad, reshape, slice, split, transpose } from '../../src/program/operations/shape';
import { add } from '../../src/program/operations/sum';
import { weightedMean } from '../../src/program/operations/weighted-mean';
import { opsOf } from '../../src/program/ops';
import { elementwiseCases } from './elementwise-cases';

/** An operation as a function of arrays of the given sizes, all of which are to have gradients but those that are fixed. */
export interface OperationCase {
  readonly name: string;
  readonly sizes: readonly (readonly number[])[];
  /** Which of them have no gradient, counted from 0. */
  readonly fixed?: readonly number[];
  /** From where to where their numbers lie; −1 to 1 unless told otherwise. */
  readonly range?: readonly [number, number];
  /** False where it has no kinks. */
  readonly bends?: boolean;
  build(program: Program, values: readonly Value[]): Value;
}

const MAP = [2, 5, 6, 3];
const same = { strides: [1, 1], padding: 'same' } as const;
const windows = [
  { name: 'same', window: same },
  { name: 'valid, strides 2', window: { strides: [2, 2], padding: 'valid' } },
  { name: 'padded unevenly, strides 2', window: { strides: [2, 2], padding: [1, 2, 0, 1] } },
] as const;
const activations = ['relu', 'relu6', 'sigmoid', 'tanh', 'softmax'] as const;

export const operationCases: readonly OperationCase[] = [
  ...elementwiseCases,
  ...windows.map(
    ({ name, window }): OperationCase => ({
      name: `conv2d, ${name}`,
      sizes: [MAP, [3, 3, 3, 4]],
      build: (program, values) => conv2d(program, values, window),
    }),
  ),
  {
    name: 'conv2d of 1×1 with bias and relu',
    sizes: [MAP, [1, 1, 3, 4], [4]],
    build: (program, values) => conv2d(program, values, { ...same, activation: 'relu' }),
  },
  {
    name: 'depthwise of 5×5, strides 2',
    sizes: [MAP, [5, 5, 3, 1]],
    build: (program, values) => depthwiseConv2d(program, values, { strides: [2, 2], padding: 'same' }),
  },
  {
    name: 'conv2d of 1×1, strides 2, with bias and relu',
    sizes: [MAP, [1, 1, 3, 4], [4]],
    build: (program, values) =>
      conv2d(program, values, { strides: [2, 2], padding: 'valid', activation: 'relu' }),
  },
  ...activations.map(
    (activation): OperationCase => ({
      name: `conv2d with bias and ${activation}`,
      sizes: [MAP, [3, 2, 3, 4], [4]],
      build: (program, values) => conv2d(program, values, { ...same, activation }),
    }),
  ),
  ...windows.map(
    ({ name, window }): OperationCase => ({
      name: `depthwise, ${name}`,
      sizes: [MAP, [3, 3, 3, 1]],
      build: (program, values) => depthwiseConv2d(program, values, window),
    }),
  ),
  {
    name: 'depthwise, two a channel, with bias and relu6',
    sizes: [MAP, [3, 3, 3, 2], [6]],
    build: (program, values) => depthwiseConv2d(program, values, { ...same, activation: 'relu6' }),
  },
  {
    name: 'depthwise, padded by pixels, with bias and relu',
    sizes: [MAP, [3, 3, 3, 1], [3]],
    build: (program, values) =>
      depthwiseConv2d(program, values, { strides: [2, 2], padding: [1, 1, 0, 2], activation: 'relu' }),
  },
  {
    name: 'a factor folded into a kernel, a shift into its bias',
    sizes: [MAP, [3, 3, 3, 4], [4], [4], [4]],
    build(program, [x, kernel, bias, scale, mean]) {
      const folded = scaleChannels(program, [kernel, scale], {});
      const shift = multiply(program, [subtract(program, [bias, mean], {}), scale], {});
      return conv2d(program, [x, folded, shift], { ...same, activation: 'relu' });
    },
  },
  ...([undefined, 'sigmoid', 'softmax'] as const).map(
    (activation): OperationCase => ({
      name: `dense with bias and ${activation ?? 'no activation'}`,
      sizes: [[4, 5], [5, 3], [3]],
      build: (program, values) => dense(program, values, { activation }),
    }),
  ),
  {
    name: 'the sum of two and relu',
    sizes: [MAP, MAP],
    build: (program, values) => add(program, values, { activation: 'relu' }),
  },
  {
    name: 'the sum of three',
    sizes: [MAP, MAP, MAP],
    build: (program, values) => add(program, values, {}),
  },
  ...activations.map(
    (activation): OperationCase => ({
      name: activation,
      sizes: [MAP],
      build: (program, values) => activationOf(program, values, { activation }),
    }),
  ),
  {
    name: 'channels in reverse',
    sizes: [MAP],
    build: (program, values) => reverseChannels(program, values, {}),
  },
  {
    name: 'scale and shift with relu',
    sizes: [MAP, [3], [3]],
    build: (program, values) => scaleAndShift(program, values, { activation: 'relu' }),
  },
  {
    name: 'batch normalisation of maps by the batch',
    sizes: [MAP, [3], [3]],
    build: (program, [x, gamma, beta]) => batchNorm(program, [x, gamma, beta], { epsilon: 1e-3 })[0],
  },
  {
    name: 'batch normalisation of vectors by the batch',
    sizes: [[6, 3], [3], [3]],
    build: (program, [x, gamma, beta]) => batchNorm(program, [x, gamma, beta], { epsilon: 1e-3 })[0],
  },
  ...[
    { size: [3, 3], strides: [2, 2], padding: 'valid' } as const,
    { size: [2, 3], strides: [1, 2], padding: 'same' } as const,
    { size: [1, 1], strides: [1, 2], padding: 'valid' } as const,
  ].flatMap((window): OperationCase[] => [
    {
      name: `max pool of ${window.size}, ${window.padding}`,
      sizes: [MAP],
      build: (p, values) => maxPool(p, values, window),
    },
    {
      name: `average pool of ${window.size}, ${window.padding}`,
      sizes: [MAP],
      build: (p, values) => averagePool(p, values, window),
    },
  ]),
  {
    name: 'the mean of each map',
    sizes: [MAP],
    build: (program, values) => spatialMean(program, values, {}),
  },
  {
    name: 'zeros around maps',
    sizes: [MAP],
    build: (program, values) =>
      pad(program, values, {
        zeros: [
          [0, 0],
          [1, 2],
          [0, 1],
          [0, 3],
        ],
      }),
  },
  {
    name: 'maps side by side',
    sizes: [MAP, [2, 5, 6, 2]],
    build: (program, values) => concatenate(program, values, { axis: 3 }),
  },
  {
    name: 'split into three, each times itself',
    sizes: [[2, 3, 6]],
    build: (program, [x]) =>
      concatenate(
        program,
        split(program, x, 3).map((part) => multiply(program, [part, part], {})),
        { axis: 2 },
      ),
  },
  {
    name: 'other sizes',
    sizes: [MAP],
    build: (program, values) => reshape(program, values, { sizes: [null, 90] }),
  },
  {
    name: 'a part of maps',
    sizes: [MAP],
    build: (program, values) => slice(program, values, { begin: [0, 1, 2, 0], sizes: [null, 3, 2, 3] }),
  },
  {
    name: 'axes in another order',
    sizes: [MAP],
    build: (program, values) => transpose(program, values, { order: [0, 3, 1, 2] }),
  },
  {
    name: 'pixels repeated',
    sizes: [MAP],
    build: (program, [x]) => repeatPixels(program, x, [2, 3]),
  },
  {
    name: 'bilinear resizing',
    sizes: [MAP],
    build: (program, values) => resizeBilinear(program, values, { size: [10, 18] }),
  },
  {
    name: 'a value that is read twice',
    sizes: [MAP],
    build: (program, [x]) => multiply(program, [x, x], {}),
  },
  ...Object.entries({
    'binary cross-entropy': binaryCrossentropy(),
    'binary cross-entropy, smoothed and weighted': binaryCrossentropy({
      labelSmoothing: 0.1,
      positiveWeights: [1, 2, 5],
      labelWeights: [2, 1, 0.5],
    }),
    'focal loss': focalLoss(),
    'focal loss, smoothed and balanced': focalLoss({ gamma: 0.7, alpha: 0.3, labelSmoothing: 0.2 }),
    'asymmetric loss': asymmetricLoss({ gammaPositive: 1 }),
    'asymmetric loss without a clip': asymmetricLoss({ gammaPositive: 0.5, gammaNegative: 2, clip: 0 }),
  }).map(
    ([name, loss]): OperationCase => ({
      name: `${name}, of logits`,
      sizes: [[4, 3], [4, 3], [4]],
      fixed: [0, 2],
      range: [0, 1],
      bends: false,
      build: (program, values) => lossOf(program, loss, values),
    }),
  ),
];

/** A loss made by defineLoss, as a step computes it, all labels known. */
function lossOf(program: Program, loss: Loss, [labels, logits, weights]: readonly Value[]): Value {
  const ops = opsOf(program);
  const known = ops.add(ops.mul(labels, 0), 1);
  const given = { ops, logits, probabilities: ops.sigmoid(logits), labels, known };
  return weightedMean(program, [imageLosses(loss.definition!, given), weights], {});
}
