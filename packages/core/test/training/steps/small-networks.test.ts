import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '@thawjs/backends';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { noiseImages } from '../../../../../conformance/training/noise-images';
import { backbone, classifier, type PhaseOptions, phase, sgd, unfreeze } from '../../../src';
import { lackingForBfloat16 } from '../../../src/run/precision';
import { modelWeights } from '../../../src/weights/model-weights';

const SIDE = 32;
const LABELS = ['a', 'b', 'c'];
const train = noiseImages(8, SIDE, LABELS, 1);

beforeAll(async () => {
  await useBestBackend({ prefer: ['native'], log: () => {} });
});
afterEach(() => tf.disposeVariables());

/** Two steps of all layers, from the same weights each time: the loss, and by how much each weight has changed. */
async function run(network: 'mobilenet_v2' | 'efficientnet_lite0', options: Partial<PhaseOptions>) {
  const made = await backbone(network, { weights: null, inputSize: [SIDE, SIDE] });
  const model = classifier(made, { labels: LABELS, dropout: 0, standardize: false });
  unfreeze(model);
  const values = () =>
    modelWeights(model.model).map(({ variable }) => variable.dataSync<'float32'>().slice());
  const before = values();
  const { history } = await phase(model, {
    name: 'all',
    train,
    batchSize: 4,
    epochs: 1,
    learningRate: 0.01,
    optimizer: sgd,
    ...options,
  });
  const changes = values().map((after, i) => after.map((value, n) => value - before[i][n]));
  model.dispose();
  return { loss: history[0].loss, changes };
}

/** The distance of all changes, as one vector, from those of another run, as a share of their length. */
function distance(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  const squares = (of: (i: number, n: number) => number) =>
    b.reduce((sum, values, i) => values.reduce((all, _, n) => all + of(i, n) ** 2, sum), 0);
  return Math.sqrt(squares((i, n) => a[i][n] - b[i][n]) / squares((i, n) => b[i][n]));
}

describe.each(['mobilenet_v2', 'efficientnet_lite0'] as const)('a step of %s', (network) => {
  test('in one graph, with late folding and recomputing too, learns what one operation after the other does', async () => {
    const plan = await run(network, { way: 'plan' });
    for (const recompute of [false, true]) {
      const graph = await run(network, { way: 'graph', recompute });
      expect(Math.abs(graph.loss / plan.loss - 1)).toBeLessThan(1e-5);
      expect(distance(graph.changes, plan.changes)).toBeLessThan(1e-3);
    }
  });

  test('in bfloat16 learns what it does in float32 to 15 %, and the same with recomputing', async (context) => {
    if (lackingForBfloat16()) return context.skip();
    const exact = await run(network, { way: 'graph' });
    const low = await run(network, { way: 'graph', precision: 'bfloat16' });
    expect(Math.abs(low.loss / exact.loss - 1)).toBeLessThan(0.01);
    expect(distance(low.changes, exact.changes)).toBeLessThan(0.15);
    const again = await run(network, { way: 'graph', precision: 'bfloat16', recompute: true });
    expect(distance(again.changes, low.changes)).toBeLessThan(1e-3);
  });
});
