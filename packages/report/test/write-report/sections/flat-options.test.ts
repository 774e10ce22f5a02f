import { describe, expect, it } from 'vitest';
import { flatOptions } from '../../../src/write-report/sections/flat-options';

describe('flatOptions', () => {
  it('gives every option a row, under the names on the way to it', () => {
    const schedule = Object.assign(() => 0, { toJSON: () => ({ schedule: 'cosine', learningRate: 0.001 }) });
    const recipe = {
      seed: 3,
      precision: null,
      phases: [
        { name: 'head', epochs: 2, learningRate: schedule },
        { name: 'thaw', epochs: 0, frozenLayers: [] },
      ],
      left: undefined,
      own: () => 0,
      size: Int32Array.of(184, 150),
      data: {},
      labels: Array.from({ length: 12 }, (_, at) => `label ${at}`),
    };
    expect(flatOptions(recipe)).toEqual([
      ['seed', '3'],
      ['precision', 'null'],
      ['phases.head.name', 'head'],
      ['phases.head.epochs', '2'],
      ['phases.head.learningRate.schedule', 'cosine'],
      ['phases.head.learningRate.learningRate', '0.001'],
      ['phases.thaw.name', 'thaw'],
      ['phases.thaw.epochs', '0'],
      ['phases.thaw.frozenLayers', 'none'],
      ['own', 'a function of your own'],
      ['size', '184, 150'],
      ['data', 'none'],
      ['labels', 'label 0, label 1, label 2, label 3, label 4, label 5, label 6, label 7 … (12 in all)'],
    ]);
  });
});
