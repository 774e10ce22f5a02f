import * as tf from '@tensorflow/tfjs-core';
import {
  type LayersModel,
  type layers,
  model as modelOf,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import type { Backbone } from '../../src/backbones/backbone';
import { hashedPixels } from './hashed-weights';

/** What conformance/backbones/networks_*.py say of a network. */
export interface NetworkFixture {
  readonly reference: string;
  readonly inputSize: readonly number[];
  readonly parameters: number;
  readonly weights: Readonly<Record<string, readonly number[]>>;
  /** Mean and mean magnitude of each layer's output. */
  readonly layers: Readonly<Record<string, readonly number[]>>;
  /** Of the first classes, before the softmax. */
  readonly scores: readonly (readonly number[])[];
  readonly largestScore: number;
}

/** How far a network is from its reference, relative to the layer's mean magnitude or to the largest score. */
export interface Comparison {
  readonly layers: number;
  readonly largestLayerError: number;
  readonly worstLayer: string;
  readonly scoreError: number;
}

/** Runs a network with its top on the reference's images, and compares every layer and the scores. */
export async function compareNetwork(
  { model, layerAliases }: Backbone,
  fixture: NetworkFixture,
): Promise<Comparison> {
  const aliases = typeof layerAliases === 'function' ? layerAliases : () => [];
  const watched = model.layers.flatMap((layer) => {
    const name = [layer.name, ...aliases(layer.name)].find((one) => one in fixture.layers);
    return name !== undefined && !isSoftmax(layer) ? [{ layer, expected: fixture.layers[name] }] : [];
  });
  const last = model.layers.at(-1)!;
  const known = watched.map(({ layer }) => layer.output as SymbolicTensor);
  const features = last.input as SymbolicTensor;
  const outputs = known.includes(features) ? known : [...known, features];
  const all: LayersModel = modelOf({ inputs: model.inputs, outputs });
  const [height, width] = fixture.inputSize as [number, number];
  const values = tf.tidy(() => {
    const images = tf.tensor4d(hashedPixels(height, width), [2, height, width, 3]);
    const results = all.predict(images) as tf.Tensor[];
    const statistics = results
      .slice(0, known.length)
      .map((x) => [tf.mean(x).dataSync()[0], tf.mean(tf.abs(x)).dataSync()[0]]);
    const x = results[outputs.indexOf(features)] as tf.Tensor2D;
    const [kernel, bias] = last.getWeights() as [tf.Tensor2D, tf.Tensor1D];
    // Before the softmax, which gives zeros where scores are far apart.
    const scores = (kernel ? tf.add(tf.matMul(x, kernel), bias) : x).arraySync() as number[][];
    return { statistics, scores };
  });
  let [largestLayerError, worstLayer] = [0, ''];
  for (const [i, { layer, expected }] of watched.entries()) {
    const scale = expected[1];
    const error = Math.max(...expected.map((value, k) => Math.abs(value - values.statistics[i][k]))) / scale;
    if (!(error <= largestLayerError)) [largestLayerError, worstLayer] = [error, layer.name];
  }
  const errors = fixture.scores.flatMap((row, n) =>
    row.map((score, c) => Math.abs(score - values.scores[n][c])),
  );
  return {
    layers: watched.length,
    largestLayerError,
    worstLayer,
    scoreError: Math.max(...errors) / fixture.largestScore,
  };
}

function isSoftmax(layer: layers.Layer): boolean {
  return (layer.getConfig() as { activation?: unknown }).activation === 'softmax';
}
