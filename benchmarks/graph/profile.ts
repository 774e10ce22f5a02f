// The time of each operation in a fine-tune step, and the float32 peak of these cores. Prints a table of markdown. In
// the graph, the same operations partly overlap, and elementwise ones are fused; one by one, each can be timed.
import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '../../packages/backends/src/index';
import {
  adam,
  binaryCrossentropy,
  classifier,
  freeze,
  resnet50,
  unfreeze,
} from '../../packages/core/src/index';
import type { Operation, Value } from '../../packages/core/src/program/ir';
import { interpreted } from '../../packages/core/src/run/interpret';
import { stepProgram } from '../../packages/core/src/training/steps/step-program';
import { LABELS, SIDE } from './images';

const BATCH = 16;
const STEPS = 3;
await useBestBackend({ prefer: ['native'], log: console.error });
const model = classifier(await resnet50({ weights: null, inputSize: [SIDE, SIDE] }), {
  labels: LABELS,
  standardize: false,
  dropout: 0,
});
unfreeze(model, 'all', { batchNorm: 'frozen' });
freeze(model, { first: 10 });
const learning = model.model.trainableWeights.map((weight) => weight.read() as tf.Variable);
const { entries, training, learningRate } = stepProgram({
  model: model.model,
  loss: binaryCrossentropy(),
  learning,
  optimizer: adam(),
});

const spent = new Map<string, { ms: number; flops: number }>();
let counts = false;
const runner = interpreted({ update: entries.update }, (operation, ms) => {
  if (!counts) return;
  const of = spent.get(operation.kind.name) ?? { ms: 0, flops: 0 };
  spent.set(operation.kind.name, { ms: of.ms + ms, flops: of.flops + flopsOf(operation) });
});
const inputs = new Map<Value, tf.Tensor>([
  [training.x, tf.randomUniform([BATCH, SIDE, SIDE, 3], -120, 135)],
  [training.y, tf.zeros([BATCH, LABELS.length])],
  [training.known, tf.ones([BATCH, LABELS.length])],
  [training.weights, tf.ones([BATCH])],
  [learningRate, tf.scalar(1e-5)],
]);
for (let step = -1; step < STEPS; step++) {
  counts = step >= 0;
  tf.dispose(await runner.run('update', inputs));
}

const peak = matMulPeak();
const total = [...spent.values()].reduce((sum, { ms }) => sum + ms, 0);
const flops = [...spent.values()].reduce((sum, { flops }) => sum + flops, 0) / STEPS / BATCH;
const rows = [...spent].sort(([, a], [, b]) => b.ms - a.ms).filter(([, { ms }]) => ms > total / 200);
const table = [
  ['operation', 'ms an image', 'share', 'GFLOP/s', 'of the peak'],
  ...rows.map(([name, { ms, flops }]) => [
    name,
    (ms / STEPS / BATCH).toFixed(2),
    `${((100 * ms) / total).toFixed(0)} %`,
    flops > 0 ? (flops / ms / 1e6).toFixed(0) : '–',
    flops > 0 ? `${((100 * flops) / ms / 1e6 / peak).toFixed(0)} %` : '–',
  ]),
];
const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
console.log(
  [
    `Where a fine-tune step of batch ${BATCH} spends its time, op by op (${(total / STEPS / BATCH).toFixed(0)} ms an image without the`,
    `optimizer). The peak is a large matrix product's, ${peak.toFixed(0)} GFLOP/s; at it the convolutions' ${(flops / 1e9).toFixed(1)} GFLOP an image alone would`,
    `take ${(flops / peak / 1e6).toFixed(0)} ms: about the least that a step in float32 can take, as a peak measured once is noisy too:`,
    '',
    line(table[0]),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...table.slice(1).map(line),
  ].join('\n'),
);
process.exit(0);

/** The multiplications and additions of a convolution; each of its gradients has as many. */
function flopsOf({ kind: { name }, inputs, outputs }: Operation): number {
  const count = (value: Value) => value.sizes.reduce<number>((product, size) => product * (size ?? BATCH), 1);
  const [first, second] = inputs;
  // Each output number of a convolution is a sum over the kernel's height and width and the input channels.
  if (name === 'Conv2D') return 2 * count(outputs[0]) * depth(second);
  if (name === 'Conv2DBackpropInput') return 2 * count(first) * depth(second);
  if (name === 'Conv2DBackpropFilter') return 2 * count(second) * depth(outputs[0]);
  return 0;
}

function depth({ sizes }: Value): number {
  return sizes.slice(0, 3).reduce<number>((product, size) => product * Number(size), 1);
}

/** GFLOP/s: the best of five products of 2048×2048 matrices. */
function matMulPeak(): number {
  const [a, b] = [tf.randomUniform([2048, 2048]), tf.randomUniform([2048, 2048])] as tf.Tensor2D[];
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now();
    const product = tf.matMul(a, b);
    product.dataSync();
    product.dispose();
    return performance.now() - started;
  });
  return (2 * 2048 ** 3) / Math.min(...times) / 1e6;
}
