import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import { classifier, fineTune, OptionError, type PhaseOptions, phase, sgd, unfreeze } from '../../src';
import { LABELS, tinyBackbone, tinyImages } from '../tiny';

afterEach(() => tf.disposeVariables());

const train = tinyImages(8);
const OPTIONS = { name: 'thaw', train, epochs: 1, learningRate: 0.01, batchSize: 4 };

/** The losses of the steps of a phase that trains the whole network. */
async function losses(options: Partial<PhaseOptions>) {
  const model = classifier(tinyBackbone(), { labels: LABELS, seed: 1, dropout: 0 });
  unfreeze(model, 'all');
  const found: number[] = [];
  const onBatchEnd = ({ batchLoss }: { batchLoss: number }) => {
    found.push(batchLoss);
  };
  await phase(model, { ...OPTIONS, optimizer: sgd, callbacks: [{ onBatchEnd }], ...options });
  return found;
}

test('the skipped blocks depend on the seed, and a rate of 0 skips none', async () => {
  const whole = await losses({});
  expect(await losses({ stochasticDepth: 0 })).toEqual(whole);
  const skipping = await losses({ stochasticDepth: 0.5 });
  expect(skipping).not.toEqual(whole);
  expect(await losses({ stochasticDepth: 0.5 })).toEqual(skipping);
  expect(await losses({ stochasticDepth: 0.5, seed: 1 })).not.toEqual(skipping);
});

test('the recipe says which input of which layer is skipped how often', async () => {
  const model = classifier(tinyBackbone(), { labels: LABELS });
  const { recipe } = await fineTune(model, {
    train,
    head: { epochs: 1, learningRate: 0.01 },
    thaw: { epochs: 1, learningRate: 0.01, stochasticDepth: 0.2 },
  });
  expect(recipe.phases.map(({ stochasticDepth }) => stochasticDepth)).toEqual([
    undefined,
    { two_add: { input: 1, rate: 0.2 } },
  ]);
});

describe('refuses', () => {
  test.each([-0.1, 1, Number.NaN])('a rate of %d', async (stochasticDepth) => {
    await expect(losses({ stochasticDepth })).rejects.toThrow(
      `phase "thaw": expected stochasticDepth from 0 to below 1; received ${stochasticDepth}.`,
    );
  });

  test("TensorFlow.js' own differentiation, which can't skip blocks", async () => {
    const running = losses({ stochasticDepth: 0.5, way: 'tape' });
    await expect(running).rejects.toThrow(OptionError);
    await expect(running).rejects.toThrow(/^stochasticDepth: expected steps that can be a program/);
  });
});
