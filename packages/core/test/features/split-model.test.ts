import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, describe, expect, test } from 'vitest';
import { freeze, type Selection } from '../../src';
import { cutPoints } from '../../src/features/cut-points';
import { splitModel } from '../../src/features/split-model';
import { leafLayers } from '../../src/layers/leaf-layers';
import { tensorCount } from '../tiny';
import { add, dense, denseLayer, network } from './networks';

afterEach(() => tf.disposeVariables());

const inner = () =>
  network((x) => {
    const a = dense(x, 'inner_a');
    return add(a, dense(a, 'inner_b', 2), 'inner_sum');
  }, 'inner');

const cases: [string, () => tfl.LayersModel, Selection][] = [
  ['a chain', () => network((x) => dense(dense(dense(x, 'a'), 'b', 2), 'c', 3)), /^[ab]$/],
  [
    'a residual block behind the cut',
    () =>
      network((x) => {
        const a = dense(x, 'a');
        return dense(add(a, dense(a, 'b', 2), 'sum'), 'c', 3);
      }),
    /^a$/,
  ],
  [
    'branches before the cut',
    () => network((x) => dense(add(dense(x, 'a'), dense(x, 'b', 2), 'sum'), 'c', 3)),
    /^[ab]$/,
  ],
  [
    'a layer on both sides of the cut',
    () =>
      network((x) => {
        const shared = denseLayer('shared');
        const again = shared.apply(dense(shared.apply(x) as tfl.SymbolicTensor, 'b', 2));
        return dense(again as tfl.SymbolicTensor, 'c', 3);
      }),
    /shared/,
  ],
  [
    'a cut within a nested model',
    () => network((x) => dense(inner().apply(x) as tfl.SymbolicTensor, 'c', 3)),
    /inner_a/,
  ],
  [
    'a nested model behind the cut, called twice',
    () =>
      network((x) => {
        const nested = inner();
        const once = nested.apply(dense(x, 'a')) as tfl.SymbolicTensor;
        return add(once, nested.apply(once) as tfl.SymbolicTensor, 'sum');
      }),
    /^a$/,
  ],
  [
    'two outputs',
    () =>
      network((x) => {
        const a = dense(x, 'a');
        return [dense(a, 'b', 2), dense(a, 'c', 3)];
      }),
    /^a$/,
  ],
];

describe.each(cases)('splitting %s', (_, build, frozen) => {
  const x = () => tf.tensor2d([[0.1, -0.4, 0.9]]);
  const values = (y: tf.Tensor | tf.Tensor[]) => [y].flat().map((one) => Array.from(one.dataSync()));

  const split = () => {
    const model = build();
    freeze(model, frozen);
    return { model, parts: splitModel(cutPoints(model)[0]) };
  };

  test('gives two models that do together what the one does', () => {
    const { model, parts } = split();
    const features = parts.prefix.apply(x(), { training: false }) as tf.Tensor;
    expect(values(parts.rest.apply(features) as tf.Tensor)).toEqual(values(model.apply(x()) as tf.Tensor));
    expect(parts.rest.trainableWeights.map(({ name }) => name).sort()).toEqual(
      model.trainableWeights.map(({ name }) => name).sort(),
    );
  });

  test('leaves the model’s topology alone, before release and after', () => {
    const model = build();
    freeze(model, frozen);
    const before = model.toJSON();
    const outputs = leafLayers(model).map(({ layer }) => layer.inboundNodes.length);
    const used = leafLayers(model).map(({ layer }) => layer.outboundNodes.length);
    for (let phase = 0; phase < 3; phase++) {
      const parts = splitModel(cutPoints(model)[0]);
      expect(model.toJSON()).toBe(before);
      parts.release();
      parts.release();
    }
    expect(model.toJSON()).toBe(before);
    expect(leafLayers(model).map(({ layer }) => layer.inboundNodes.length)).toEqual(outputs);
    expect(leafLayers(model).map(({ layer }) => layer.outboundNodes.length)).toEqual(used);
  });

  test('makes no tensor, and lets the model dispose its weights afterwards', () => {
    const before = tensorCount();
    const plain = build();
    plain.dispose();
    const leftByTfjs = tensorCount() - before;
    const { model, parts } = split();
    const made = tensorCount();
    parts.release();
    expect(tensorCount()).toBe(made);
    model.dispose();
    expect(tensorCount() - before).toBe(2 * leftByTfjs);
  });
});

test('a call that somebody made meanwhile keeps its place', () => {
  const model = network((x) => dense(dense(x, 'a'), 'b', 2));
  freeze(model, /^a$/);
  const parts = splitModel(cutPoints(model)[0]);
  const input = tfl.input({ shape: [3] });
  const own = tfl.model({ inputs: input, outputs: model.getLayer('b').apply(input) as tfl.SymbolicTensor });
  parts.release();
  const y = own.apply(tf.ones([1, 3])) as tf.Tensor;
  expect(y.shape).toEqual([1, 3]);
  expect((model.apply(tf.ones([1, 3])) as tf.Tensor).shape).toEqual([1, 3]);
});
