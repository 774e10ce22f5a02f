import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, test } from 'vitest';
import { classifier, type LearningRateGroups, phase } from '../../src';
import { learningRateFactors } from '../../src/training/learning-rate-factors';
import { modelWeights } from '../../src/weights/model-weights';
import { LABELS, tinyBackbone, tinyImages } from '../tiny';

afterEach(() => tf.disposeVariables());

const tiny = () => classifier(tinyBackbone(), { labels: LABELS });
const factorsOf = (groups: LearningRateGroups) => {
  const target = tiny();
  const factors = learningRateFactors(target, groups);
  const known = modelWeights(target.model).filter(({ variable }) => factors.has(variable.name));
  return Object.fromEntries(known.map(({ name, variable }) => [name, factors.get(variable.name)]));
};

test('a selection gives each weight of its layers the factor, and the last selection counts', () => {
  expect(
    factorsOf([
      [{ stage: 'one' }, 0.1],
      [/one_bn/, 0.5],
      [/predictions/, 2],
    ]),
  ).toEqual({
    'one_conv/kernel': 0.1,
    'one_conv/bias': 0.1,
    'one_bn/gamma': 0.5,
    'one_bn/beta': 0.5,
    'one_bn/moving_mean': 0.5,
    'one_bn/moving_variance': 0.5,
    'predictions/kernel': 2,
    'predictions/bias': 2,
  });
});

test('without groups there are no factors', () => {
  expect(learningRateFactors(tiny()).size).toBe(0);
});

test.each([
  [[['all', 0]], 'expected factors above 0; received 0. Call freeze'],
  [[['all', Number.NaN]], 'expected factors above 0; received NaN'],
  [[[/nothing/, 1]], 'expected a pattern that matches a layer'],
] as [LearningRateGroups, string][])(
  'a phase refuses %j before it computes anything',
  async (groups, message) => {
    const train = tinyImages(4);
    const options = { name: 'thaw', epochs: 1, learningRate: 0.1, learningRateFactors: groups, train };
    await expect(phase(tiny(), options)).rejects.toThrow(message);
  },
);
