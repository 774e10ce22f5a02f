import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, describe, expect, test } from 'vitest';
import { classifier, unfreeze } from '../../../src';
import { modelProgram } from '../../../src/model/model-program';
import type { Operation, Value } from '../../../src/program/ir';
import { castKind } from '../../../src/program/operations/cast';
import { LABELS, tinyBackbone } from '../../tiny';

type Layer = ReturnType<tfl.LayersModel['getLayer']>;

afterEach(() => tf.disposeVariables());

/** What a model's forward pass in bfloat16 is made of, in order. */
function lowered(model: tfl.LayersModel, training = false) {
  return modelProgram(model, { training, type: 'bfloat16' });
}

const named = ({ kind, inputs, outputs }: Operation) =>
  kind === castKind ? `${inputs[0].type} → ${outputs[0].type}` : `${kind.name} ${outputs[0].type}`;

/** Those that images go through. */
function path(operations: readonly Operation[]): string[] {
  return operations
    .filter(({ outputs: [{ sizes }] }) => sizes[0] === null)
    .map(named)
    .filter((name) => name !== 'Input float32');
}

describe('a forward pass in bfloat16', () => {
  test('stays in it from convolution to convolution, and gives pooled features and scores in float32', () => {
    const { model } = classifier(tinyBackbone(), { labels: LABELS });
    const { program, outputs } = lowered(model);
    expect(path(program.operations)).toEqual([
      'float32 → bfloat16',
      'Conv2D bfloat16',
      'Conv2D bfloat16',
      'Add bfloat16',
      'bfloat16 → float32',
      'SpatialMean float32',
      'ScaleAndShift float32',
      'Dense float32',
    ]);
    expect(outputs[0].type).toBe('float32');
  });

  test('casts a kernel after BatchNormalization was folded in, which is computed in float32', () => {
    const { model } = classifier(tinyBackbone(), { labels: LABELS, standardize: false });
    const { program } = lowered(model);
    const folding = program.operations.filter(
      ({ kind, outputs: [{ sizes }] }) => sizes[0] !== null && kind !== castKind,
    );
    expect(folding.map(({ kind }) => kind.name)).toContain('ScaleChannels');
    expect(folding.every(({ outputs }) => outputs.every(({ type }) => type === 'float32'))).toBe(true);
    const kernels = program.operations
      .filter(({ kind }) => kind.name === 'Conv2D')
      .map(({ inputs }) => inputs[1]);
    const cast = program.operations.filter(
      ({ kind, outputs }) => kind === castKind && kernels.includes(outputs[0]),
    );
    const foldedKernels = folding
      .filter(({ kind }) => kind.name === 'ScaleChannels')
      .flatMap(({ outputs }) => outputs);
    expect(cast.map(({ inputs }) => inputs[0])).toEqual(foldedKernels);
  });

  test("keeps BatchNormalization's statistics in float32 where it goes by the batch's", () => {
    const made = classifier(tinyBackbone(), { labels: LABELS, standardize: false });
    unfreeze(made, 'all', { batchNorm: 'training' });
    const { program, moved } = lowered(made.model, true);
    const norms = program.operations.filter(({ kind }) => kind.name === 'BatchNorm');
    expect(norms.map(({ inputs, outputs }) => [...inputs, ...outputs].map(({ type }) => type))).toEqual(
      [1, 2].map(() => ['bfloat16', 'float32', 'float32', 'bfloat16', ...new Array(5).fill('float32')]),
    );
    expect(moved.map(({ value }) => value.type)).toEqual(new Array(4).fill('float32'));
    const given = new Set(program.operations.flatMap(({ outputs }) => outputs));
    expect(moved.every(({ value }) => given.has(value))).toBe(true);
  });

  test('computes a dense layer behind a map in it, but not the last one, nor one behind pooled features', () => {
    const layers = (...all: Layer[]) => tfl.sequential({ layers: all });
    const conv = () => tfl.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [8, 8, 3] });
    const dense = () => tfl.layers.dense({ units: 4, activation: 'relu' });
    const vgg = layers(conv(), tfl.layers.flatten(), dense(), dense());
    expect(path(lowered(vgg).program.operations).slice(2)).toEqual([
      'Reshape bfloat16',
      'Dense bfloat16',
      'bfloat16 → float32',
      'Dense float32',
    ]);
    const pooled = layers(conv(), tfl.layers.globalAveragePooling2d({}), dense(), dense());
    expect(path(lowered(pooled).program.operations).slice(3)).toEqual([
      'SpatialMean float32',
      'Dense float32',
      'Dense float32',
    ]);
  });

  test('leaves a program without convolutions as it is', () => {
    const head = classifier(tinyBackbone(), { labels: LABELS }).headModel();
    const types = lowered(head).program.operations.flatMap(({ outputs }) => outputs.map(({ type }) => type));
    expect(new Set(types)).toEqual(new Set(['float32']));
  });

  test('gives each value once, after what it is made of', () => {
    const { model } = classifier(tinyBackbone(), { labels: LABELS });
    const { program } = lowered(model, true);
    const given = new Set<Value>();
    for (const { inputs, outputs } of program.operations) {
      for (const input of inputs) expect(given.has(input)).toBe(true);
      for (const output of outputs) {
        expect(given.has(output)).toBe(false);
        given.add(output);
      }
    }
  });
});
