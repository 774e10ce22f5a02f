import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, expect, test } from 'vitest';
import { forgetCall, lastNode, nodeOf, ownsAll, ownsNothing } from '../../src/tfjs-internals/layer-nodes';

afterEach(() => tf.disposeVariables());

function chain() {
  const input = tfl.input({ shape: [3], name: 'image' });
  const dense = tfl.layers.dense({ units: 2 });
  const output = dense.apply(input) as tfl.SymbolicTensor;
  return { input, dense, output, model: tfl.model({ inputs: input, outputs: output }) };
}

test('a symbolic tensor tells the call that it comes from: its layers before, its inputs and outputs, its arguments', () => {
  const { input, dense } = chain();
  const again = dense.apply(input, { training: true }) as tfl.SymbolicTensor;
  const node = nodeOf(again);
  expect(node).toBe(lastNode(dense));
  expect(node.inboundLayers.map(({ name }) => name)).toEqual(['image']);
  expect(node.inputTensors).toEqual([input]);
  expect(node.outputTensors).toEqual([again]);
  expect(node.callArgs).toEqual({ training: true });
});

test('a call that is forgotten leaves the layer as it was: its output, and who disposes its weights', () => {
  const { input, dense, output, model } = chain();
  const before = tf.memory().numTensors;
  dense.apply(input);
  expect(() => dense.output).toThrow();
  forgetCall(dense, lastNode(dense));
  expect(dense.output).toBe(output);
  model.dispose();
  expect(tf.memory().numTensors).toBe(before - 2);
});

test('a call that isn’t the last one is not forgotten', () => {
  const { input, dense } = chain();
  dense.apply(input);
  const node = lastNode(dense);
  const later = dense.apply(input) as tfl.SymbolicTensor;
  forgetCall(dense, node);
  expect(nodeOf(later).outputTensors).toEqual([later]);
});

test('a model that owns nothing leaves the weights to the one that they came from', () => {
  const { dense, model } = chain();
  const before = tf.memory().numTensors;
  const input = tfl.input({ shape: [3] });
  const other = ownsNothing(tfl.model({ inputs: input, outputs: dense.apply(input) as tfl.SymbolicTensor }), [
    dense,
  ]);
  other.dispose();
  expect((other.apply(tf.ones([1, 3])) as tf.Tensor).shape).toEqual([1, 2]);
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('a model that owns all frees the weights of layers and models that it calls more than once', () => {
  const before = tf.memory().numTensors;
  const { dense, model: inner } = chain();
  const image = tfl.input({ shape: [3] });
  const back = tfl.layers.dense({ units: 3 });
  const once = inner.apply(image) as tfl.SymbolicTensor;
  const twice = inner.apply(back.apply(once)) as tfl.SymbolicTensor;
  const model = tfl.model({ inputs: image, outputs: [dense.apply(image) as tfl.SymbolicTensor, twice] });
  expect(tf.memory().numTensors).toBe(before + 4);
  ownsAll(model).dispose();
  expect(tf.memory().numTensors).toBe(before);
});
