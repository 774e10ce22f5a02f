import type { layers } from '@tensorflow/tfjs-layers';
import { type LeafLayer, leafLayers } from '../layers/leaf-layers';
import { batchNormMode, isBatchNorm } from './batch-norm-mode';
import { type Freezable, modelOf } from './freezable';
import { isTrainable } from './set-trainable';

/** One layer of a trainable summary. */
export interface SummaryRow {
  /** The layer's path, with the names of nested models in front. */
  readonly path: string;
  /** The layer's class: `Conv2D`. */
  readonly type: string;
  readonly params: number;
  readonly trainableParams: number;
  /** `'–'` for a layer without weights. A BatchNormalization that isn't frozen has its mode here. */
  readonly state: 'frozen' | 'trainable' | 'affine' | 'training' | '–';
}

/** The layers of a model, and how many of its parameters learn. */
export interface TrainableSummary {
  readonly layers: readonly SummaryRow[];
  readonly params: number;
  readonly trainableParams: number;
  /** The table as aligned text, with one line per layer that has weights. */
  toString(): string;
}

/**
 * Lists which layers learn and which are frozen: one row per layer, the layers of nested models included.
 *
 * @param target a LayersModel, a Backbone or a Classifier.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-layers';
 * import { freeze, trainableSummary } from '@thawjs/core';
 *
 * const model = tf.sequential({
 *   layers: [
 *     tf.layers.dense({ units: 4, inputShape: [3], name: 'features' }),
 *     tf.layers.dense({ units: 2, name: 'predictions' }),
 *   ],
 * });
 * freeze(model, { first: 1 });
 * const summary = trainableSummary(model);
 * console.log(summary.layers.map(({ path, state }) => `${path}: ${state}`).join(', ')); // features: frozen, predictions: trainable
 * console.log(summary.params, summary.trainableParams); // 26 10
 * ```
 */
export function trainableSummary(target: Freezable): TrainableSummary {
  const model = modelOf(target);
  const rows = leafLayers(model).map((leaf) => row(leaf, model.trainable));
  const sum = (key: 'params' | 'trainableParams') => rows.reduce((total, { [key]: n }) => total + n, 0);
  const summary = { layers: rows, params: sum('params'), trainableParams: sum('trainableParams') };
  return { ...summary, toString: () => table(summary) };
}

function row({ layer, path, parents }: LeafLayer, open: boolean): SummaryRow {
  const params = count(layer.weights);
  const learns = open && parents.every((parent) => parent.trainable) && isTrainable(layer);
  const trainableParams = learns ? count(layer.trainableWeights) : 0;
  return { path, type: layer.getClassName(), params, trainableParams, state: state(layer, params, learns) };
}

function state(layer: layers.Layer, params: number, learns: boolean): SummaryRow['state'] {
  if (params === 0) return '–';
  if (!learns) return 'frozen';
  return isBatchNorm(layer) ? (batchNormMode(layer) ?? 'training') : 'trainable';
}

function count(weights: layers.Layer['weights']): number {
  return weights.reduce(
    (total, { shape }) => total + shape.reduce((n: number, size) => n * (size ?? 1), 1),
    0,
  );
}

function table({ layers, params, trainableParams }: Omit<TrainableSummary, 'toString'>): string {
  const cells = layers
    .filter((layer) => layer.params > 0)
    .map(({ path, type, params, state }) => [path, type, params.toLocaleString('en'), state]);
  const all = [['layer', 'type', 'parameters', 'state'], ...cells];
  const width = (column: number) => Math.max(...all.map((line) => line[column].length));
  const lines = all.map(([path, type, number, state]) =>
    [path.padEnd(width(0)), type.padEnd(width(1)), number.padStart(width(2)), state].join('  '),
  );
  const share = params === 0 ? 0 : (100 * trainableParams) / params;
  lines.push(
    `${trainableParams.toLocaleString('en')} of ${params.toLocaleString('en')} parameters learn (${share.toFixed(1)} %)`,
  );
  return lines.join('\n');
}
