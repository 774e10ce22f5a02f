import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '@thawjs/backends';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Classifier, classifier, extractFeatures, fineTune } from '../../src';
import { LABELS, tinyBackbone, tinyImages } from '../tiny';

const train = tinyImages(36, 1);

beforeAll(async () => {
  await useBestBackend({ prefer: ['cpu'], log: () => {} });
});
afterEach(() => tf.disposeVariables());

async function momentsOf(model: Classifier): Promise<{ mean: number[]; variance: number[] }> {
  const { data, shape } = await extractFeatures(model, train);
  const width = shape[0];
  const columns = Array.from({ length: width }, (_, column) =>
    Array.from({ length: train.length }, (_, row) => data[row * width + column]),
  );
  const mean = columns.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  const variance = columns.map(
    (values, i) => values.reduce((sum, value) => sum + (value - mean[i]) ** 2, 0) / values.length,
  );
  return { mean, variance };
}

function statisticsOf(model: Classifier): { mean: number[]; variance: number[] } {
  const [mean, variance] = model.model.getLayer('head_norm').getWeights();
  return { mean: Array.from(mean.dataSync()), variance: Array.from(variance.dataSync()) };
}

describe('the head’s standardising layer', () => {
  test.each([
    ['kept in memory', {}],
    ['not kept', { featureCache: false } as const],
  ])(
    'has the exact statistics of the training features after the head phase: features %s',
    async (_, more) => {
      const model = classifier(tinyBackbone(), { labels: LABELS });
      const expected = await momentsOf(model);
      await fineTune(model, { train, head: { epochs: 1, learningRate: 0.01 }, thaw: false, ...more });
      const found = statisticsOf(model);
      for (const key of ['mean', 'variance'] as const) {
        for (const [i, value] of found[key].entries()) expect(value).toBeCloseTo(expected[key][i], 5);
      }
    },
  );

  test('learns with a batch size of 1', async () => {
    const model = classifier(tinyBackbone(), { labels: LABELS, dropout: 0 });
    const { history } = await fineTune(model, {
      train,
      batchSize: 1,
      head: { epochs: 8, learningRate: 0.05 },
      thaw: false,
    });
    expect(history[7].loss).toBeLessThan(0.5 * history[0].loss);
    expect(Number(history[7].auc)).toBeGreaterThan(0.95);
  });
});
