import type * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { Backbone, Preprocessing, Stage } from '../backbones/backbone';
import { OptionError } from '../errors';
import { batchNormMode, isBatchNorm, setBatchNormMode } from '../freezing/batch-norm-mode';
import { leafLayers } from '../freezing/leaf-layers';
import type { LabelledImages } from '../labelled-images';
import { save } from '../persistence/save';
import { type PredictOptions, predict } from '../prediction/predict';
import { ownsNothing } from '../tfjs-internals/layer-nodes';
import type { MetricMatrix } from '../training/metric';
import type { ClassifierParts } from './classifier-parts';
import { inputSize } from './input-size';

/**
 * A backbone with a multilabel head: one independent probability a label.
 *
 * `freeze`, `unfreeze`, `trainableSummary`, `fineTune`, `phase`, `predict` and `save` take it whole; `model` is the
 * plain LayersModel in it, which takes images that went through `preprocess(pixels, preprocessing)`.
 */
export class Classifier implements ClassifierParts {
  readonly model: tfl.LayersModel;
  readonly backboneName: string;
  readonly preprocessing: Preprocessing;
  readonly stages: readonly Stage[];
  readonly labels: readonly string[];
  readonly featureLayer: string;
  readonly headLayers: readonly string[];
  #thresholds: readonly number[];

  constructor(parts: ClassifierParts) {
    this.model = parts.model;
    this.backboneName = parts.backboneName;
    this.preprocessing = parts.preprocessing;
    this.stages = parts.stages;
    this.labels = [...parts.labels];
    this.featureLayer = parts.featureLayer;
    this.headLayers = [...parts.headLayers];
    this.#thresholds = checkedThresholds(parts.thresholds, this.labels);
    settleBatchNorms(this.model);
  }

  /** The probability from which a label counts as predicted, one a label; ½ each unless set. Saved with the model. */
  get thresholds(): readonly number[] {
    return this.#thresholds;
  }

  set thresholds(values: readonly number[]) {
    this.#thresholds = checkedThresholds(values, this.labels);
  }

  /** Height and width of the images that the network takes. */
  get inputSize(): readonly [height: number, width: number] {
    return inputSize(this.model);
  }

  /** The part up to the head: preprocessed image → features. Shares the layers; nothing to dispose. */
  featureModel(): tfl.LayersModel {
    return tfl.model({ inputs: this.model.inputs, outputs: this.#features() });
  }

  /** The head alone: features → probabilities. Shares the layers; nothing to dispose. */
  headModel(): tfl.LayersModel {
    const input = tfl.input({ shape: this.#features().shape.slice(1) });
    const head = this.headLayers.map((name) => this.model.getLayer(name));
    const output = head.reduce((x, layer) => layer.apply(x) as tfl.SymbolicTensor, input);
    return ownsNothing(tfl.model({ inputs: input, outputs: output }), head);
  }

  /** The layer's `output` is for layers that are called once, and a phase under way calls some anew. */
  #features(): tfl.SymbolicTensor {
    return this.model.getLayer(this.featureLayer).getOutputAt(0) as tfl.SymbolicTensor;
  }

  /** See `predict`. */
  predict(
    images: LabelledImages | tf.Tensor4D,
    options?: PredictOptions,
  ): Promise<MetricMatrix<Float32Array>> {
    return predict(this, images, options);
  }

  /** See `save`. */
  save(target: string | tf.io.IOHandler): Promise<void> {
    return save(this, target);
  }

  /** Frees the weights. The backbone that it was made of shares them and is gone too. */
  dispose(): void {
    this.model.dispose();
  }
}

/** A BatchNormalization that freezing never spoke of is tfjs' own, which crashes without gamma: give it Keras' ways. */
function settleBatchNorms(model: tfl.LayersModel): void {
  for (const { layer } of leafLayers(model)) {
    if (!isBatchNorm(layer) || batchNormMode(layer)) continue;
    setBatchNormMode(layer, layer.trainable ? 'training' : 'frozen');
  }
}

function checkedThresholds(values: readonly number[], labels: readonly string[]): readonly number[] {
  const bad = values.findIndex((value) => !(value >= 0 && value <= 1));
  if (values.length !== labels.length || bad >= 0) {
    const came = bad >= 0 ? `${values[bad]} for "${labels[bad]}"` : `${values.length} of them`;
    throw new OptionError(
      `thresholds: expected a number from 0 to 1 for each of ${labels.length} labels; received ${came}.`,
    );
  }
  return [...values];
}

/** BatchNormalization that only standardises; its averages settle within the first epochs of small data. */
const STANDARDIZING = { center: false, scale: false, momentum: 0.95, name: 'head_norm' } as const;

/** Options of `classifier`. */
export interface ClassifierOptions {
  /** One name a probability, in the order of the data set's labels. */
  readonly labels: readonly string[];
  /** Share of the pooled features that training drops; default 0.2. */
  readonly dropout?: number;
  /** How a feature map becomes a vector; default `'average'`. */
  readonly pooling?: 'average' | 'max';
  /**
   * The stages whose outputs are pooled and laid side by side as features; by default the backbone's output alone.
   * Earlier stages still tell colour and texture, which the last ones of a recognition network have forgotten.
   */
  readonly featureStages?: readonly string[];
  /** Bring each feature to mean 0 and variance 1 before the dense layer; default true. */
  readonly standardize?: boolean;
  /** Seeds the head's initial weights; default 0. */
  readonly seed?: number;
}

/**
 * Puts a multilabel head on a backbone: global pooling, standardising, dropout, a dense layer with a sigmoid a label.
 *
 * Standardising is a BatchNormalization without gamma and beta: pooled features lie far from zero and on scales of
 * their own, on which a dense layer learns slowly. The classifier shares the backbone's layers. Nothing is frozen yet;
 * `fineTune` does that phase by phase.
 *
 * @param backbone from `resnet50`, `faceResnet`, or any LayersModel with `name`, `preprocessing` and `stages`.
 * @throws OptionError where labels are missing or repeated, dropout isn't in [0, 1), or a stage isn't the backbone's.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { classifier, resnet50 } from '@thawjs/core';
 *
 * const backbone = await resnet50({ weights: null, inputSize: [64, 64] });
 * const model = classifier(backbone, { labels: ['Smiling', 'Eyeglasses'] });
 * console.log(model.model.outputs[0].shape); // [ null, 2 ]
 * ```
 */
export function classifier(backbone: Backbone, options: ClassifierOptions): Classifier {
  const { labels, dropout = 0.2, standardize = true, seed = 0 } = options;
  checkLabels(labels);
  if (!(dropout >= 0 && dropout < 1)) {
    throw new OptionError(`classifier: expected dropout from 0 to below 1; received ${dropout}.`);
  }
  const features = pooledFeatures(backbone, options);
  const head = [
    ...(standardize ? [tfl.layers.batchNormalization(STANDARDIZING)] : []),
    tfl.layers.dropout({ rate: dropout, name: 'head_dropout' }),
    tfl.layers.dense({
      units: labels.length,
      activation: 'sigmoid',
      kernelInitializer: tfl.initializers.glorotUniform({ seed }),
      name: 'predictions',
    }),
  ];
  const outputs = head.reduce((x, layer) => layer.apply(x) as tfl.SymbolicTensor, features);
  return new Classifier({
    model: tfl.model({ inputs: backbone.model.inputs, outputs, name: `${backbone.name}_classifier` }),
    backboneName: backbone.name,
    preprocessing: backbone.preprocessing,
    stages: backbone.stages,
    labels,
    featureLayer: features.sourceLayer.name,
    headLayers: head.map(({ name }) => name),
    thresholds: labels.map(() => 0.5),
  });
}

function pooledFeatures(
  backbone: Backbone,
  { pooling, featureStages }: ClassifierOptions,
): tfl.SymbolicTensor {
  const pool = pooling === 'max' ? tfl.layers.globalMaxPooling2d : tfl.layers.globalAveragePooling2d;
  const pooled = (map: tfl.SymbolicTensor, name: string) =>
    map.shape.length === 4 ? (pool({ name }).apply(map) as tfl.SymbolicTensor) : map;
  if (!featureStages) return pooled(backbone.model.outputs[0], 'head_pool');
  const vectors = featureStages.map((name) => {
    const last = backbone.stages.find((stage) => stage.name === name)?.layers.at(-1);
    if (!last) {
      const known = backbone.stages.map((stage) => stage.name).join(', ');
      throw new OptionError(`classifier: expected featureStages out of ${known}; received "${name}".`);
    }
    return pooled(backbone.model.getLayer(last).output as tfl.SymbolicTensor, `head_pool_${name}`);
  });
  if (vectors.length === 0)
    throw new OptionError('classifier: expected one or more featureStages; received none.');
  if (vectors.length === 1) return vectors[0];
  return tfl.layers.concatenate({ name: 'head_features' }).apply(vectors) as tfl.SymbolicTensor;
}

function checkLabels(labels: readonly string[]): void {
  const repeated = labels.find((label, index) => labels.indexOf(label) !== index);
  if (labels.length === 0 || repeated !== undefined) {
    const came = repeated === undefined ? 'none' : `"${repeated}" twice`;
    throw new OptionError(`classifier: expected labels, each once; received ${came}.`);
  }
}
